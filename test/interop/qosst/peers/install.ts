import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { run } from './run.ts';

const CACHE = path.resolve(import.meta.dirname, '../../../../.cache/qosst');
const VENV = path.join(CACHE, 'venv');
const STAMP = path.join(VENV, 'installed.sha256');
const LOCK = path.join(CACHE, 'install.lock');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const PYTHON = path.join(
  VENV,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const CANDIDATES = ['python3.11', 'python3.12', 'python3.10', 'python3.9', 'python3', 'python'];
const ACCEPTED = ['3.9', '3.10', '3.11', '3.12'];
const LIMIT_MS = 600_000;
const PATIENCE = ['--retries', '2', '--timeout', '30'];

type Installation = { kind: 'ready'; python: string } | { kind: 'missing'; why: string };
type Options = { say?: (line: string) => void; signal?: AbortSignal };
type Progress = { say: (line: string) => void; signal: AbortSignal };

/**
 * Makes the public QOSST software runnable under `.cache/qosst`, once per content of
 * requirements.txt, in at most ten minutes; `python` is the interpreter that can import it.
 */
export async function installQosst(options: Options = {}): Promise<Installation> {
  const wanted = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  if (await isInstalled(wanted)) return { kind: 'ready', python: PYTHON };
  const limit = AbortSignal.timeout(LIMIT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const progress = { say: options.say ?? (() => undefined), signal };
  await mkdir(CACHE, { recursive: true });
  try {
    await using _lock = await takeLock(progress);
    if (await isInstalled(wanted)) return { kind: 'ready', python: PYTHON };
    const why = await build(progress);
    if (why !== undefined) return { kind: 'missing', why };
    await writeFile(STAMP, wanted);
    return { kind: 'ready', python: PYTHON };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { kind: 'missing', why: givenUp(limit) };
  }
}

async function isInstalled(wanted: string): Promise<boolean> {
  if (!existsSync(PYTHON) || !existsSync(STAMP)) return false;
  return (await readFile(STAMP, 'utf8')) === wanted;
}

/** Answers why it failed, if it did. */
async function build({ say, signal }: Progress): Promise<string | undefined> {
  const base = await findPython(signal);
  if (base === undefined) {
    return `no Python 3.9 to 3.12 with venv and ensurepip (tried ${CANDIDATES.join(', ')})`;
  }
  say(`making a virtual environment with ${base}`);
  await rm(VENV, { recursive: true, force: true });
  const venv = await run(base, ['-m', 'venv', VENV], { signal });
  if (venv.code !== 0) return `${base} -m venv failed: ${lastLine(venv.lines)}`;

  say('installing QOSST from PyPI (about 80 MB to download)');
  const install = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check'];
  const pip = await run(PYTHON, [...install, ...PATIENCE, '-r', REQUIREMENTS], {
    signal,
    onLine: (line) => {
      if (/^(Collecting|Installing|Successfully|ERROR)/.test(line))
        say(line.replace(/ \(from.*/, '').slice(0, 100));
    },
  });
  signal.throwIfAborted();
  if (pip.code !== 0) return pipFailure(pip.lines);

  const imports = 'import qosst_alice.alice, qosst_bob.bob, qosst_skr';
  const check = await run(PYTHON, ['-c', imports], { signal });
  if (check.code !== 0) return `QOSST was installed but cannot be used: ${lastLine(check.lines)}`;
  say('QOSST is ready');
  return undefined;
}

async function findPython(signal: AbortSignal): Promise<string | undefined> {
  const question = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';
  for (const candidate of CANDIDATES) {
    const { code, lines } = await run(candidate, ['-c', question], { signal });
    signal.throwIfAborted();
    if (code === 0 && ACCEPTED.includes(lastLine(lines))) return candidate;
  }
  return undefined;
}

function pipFailure(lines: readonly string[]): string {
  if (lines.some((line) => /Retrying \(Retry|NewConnectionError|ConnectTimeout/.test(line))) {
    return 'PyPI cannot be reached with the configured pip';
  }
  const error = lines.findLast((line) => line.startsWith('ERROR')) ?? lastLine(lines);
  return `pip install failed: ${error}`;
}

function lastLine(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== '')?.trim() ?? 'no output';
}

function givenUp(limit: AbortSignal): string {
  return limit.aborted ? `not installed within ${LIMIT_MS / 60_000} minutes` : 'interrupted';
}

/** One installer at a time; a lock whose owner is gone is taken over. */
async function takeLock({ say, signal }: Progress): Promise<AsyncDisposable> {
  for (let turn = 0; ; turn += 1) {
    try {
      await writeFile(LOCK, String(process.pid), { flag: 'wx' });
      return { [Symbol.asyncDispose]: () => rm(LOCK, { force: true }) };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    if (await isAbandoned()) await rm(LOCK, { force: true });
    else if (turn === 0) say('waiting for another installation to end');
    await pause(250, undefined, { signal });
  }
}

async function isAbandoned(): Promise<boolean> {
  const owner = Number(await readFile(LOCK, 'utf8').catch(() => ''));
  if (owner === 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return isCode(error, 'ESRCH');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

if (import.meta.main) {
  const installation = await installQosst({ say: (line) => console.error(line) });
  if (installation.kind === 'ready') console.log(installation.python);
  else console.error(`QOSST is missing: ${installation.why}`);
  process.exitCode = installation.kind === 'ready' ? 0 : 1;
}
