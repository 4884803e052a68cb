import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../qosst/peers/run.ts';

const cache = path.resolve(import.meta.dirname, '../../../../.cache/pykmip');
const python = path.join(cache, 'venv/bin/python');
const stamp = path.join(cache, 'installed.txt');
const requirements = path.join(import.meta.dirname, 'requirements.txt');
const candidates = ['python3.11', 'python3.10', 'python3.9', 'python3.8', 'python3'];
const limitMs = 180_000;

type Installation =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Makes PyKMIP runnable under `.cache/pykmip`, once per content of requirements.txt. */
export async function installPykmip(): Promise<Installation> {
  const wanted = await readFile(requirements, 'utf8');
  const ready = { kind: 'ready', python } as const;
  if (existsSync(python) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) {
    return ready;
  }
  const signal = AbortSignal.timeout(limitMs);
  const why = await build(signal);
  if (why !== null) return { kind: 'missing', why };
  await writeFile(stamp, wanted);
  return ready;
}

/** Why it failed; `null` where it did not. */
async function build(signal: AbortSignal): Promise<string | null> {
  const base = await findPython(signal);
  if (base === null) return 'no Python 3.8 to 3.11 with venv';
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  const venv = await run(base, ['-m', 'venv', path.join(cache, 'venv')], { signal });
  if (venv.code !== 0) return `${base} -m venv failed: ${venv.lines.at(-1) ?? ''}`;
  const install = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '-q'];
  const pip = await run(python, [...install, '--retries', '2', '-r', requirements], { signal });
  return pip.code === 0 ? null : `pip install failed: ${pip.lines.at(-1) ?? ''}`;
}

async function findPython(signal: AbortSignal): Promise<string | null> {
  const question = 'import sys, venv, ensurepip; print(sys.version_info[:2])';
  for (const candidate of candidates) {
    const { code, lines } = await run(candidate, ['-c', question], { signal });
    if (code === 0 && /\(3, (?:8|9|10|11)\)/.test(lines.at(-1) ?? '')) return candidate;
  }
  return null;
}
