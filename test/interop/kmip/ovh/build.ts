import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../qosst/peers/run.ts';

const source = import.meta.dirname;
const cache = path.resolve(source, '../../../../.cache/ovh-kmip');
const candidates = ['go', '/usr/local/go/bin/go'];
const limitMs = 300_000;

/** The client and the server that stand on ovh/kmip-go, as programs. */
interface Programs {
  readonly client: string;
  readonly server: string;
}

type Built =
  | { readonly kind: 'ready'; readonly programs: Programs }
  | { readonly kind: 'missing'; readonly why: string };

/** Builds both under `.cache/ovh-kmip`; Go fetches the module, and knows what is built already. */
export async function buildOvh(): Promise<Built> {
  const signal = AbortSignal.timeout(limitMs);
  const go = await findGo(signal);
  if (go === null) return { kind: 'missing', why: 'no Go' };
  await mkdir(cache, { recursive: true });
  // Go's own words, where the module or a newer Go would have to be fetched and cannot be.
  const build = ['build', '-C', source, '-o', `${cache}/`, './client', './server'];
  const { code, lines } = await run('env', ['GOTOOLCHAIN=local', go, ...build], { signal });
  if (code !== 0) return { kind: 'missing', why: `go build failed: ${lines.at(-1) ?? ''}` };
  const programs = { client: path.join(cache, 'client'), server: path.join(cache, 'server') };
  return { kind: 'ready', programs };
}

async function findGo(signal: AbortSignal): Promise<string | null> {
  for (const candidate of candidates) {
    const { code } = await run(candidate, ['version'], { signal });
    if (code === 0) return candidate;
  }
  return null;
}
