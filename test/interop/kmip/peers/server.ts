import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { dial } from '#src/transport/dial.ts';
import { freePort } from '../../qosst/peers/loopback.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const certificates = path.join(root, 'fixtures/certificates');
const cli = path.join(root, 'src/cli/qkdspec.js');

/** A certificate of the fixtures, as files. */
export function certified(name: 'kms' | 'device') {
  const file = (one: string) => path.join(certificates, one);
  return { tlsCa: file('ca.pem'), tlsCert: file(`${name}.pem`), tlsKey: file(`${name}-key.pem`) };
}

/** Our server for the tests of a block, where they run. */
export async function servedForAll(isRunning: boolean): Promise<{ readonly port: string }> {
  if (!isRunning) return { port: '' };
  const server = served();
  afterAll(async () => (await server)[Symbol.dispose]());
  return server;
}

/** Our server over TLS on a free port, until it is disposed of. */
async function served(): Promise<Disposable & { readonly port: string }> {
  const { tlsCa, tlsCert, tlsKey } = certified('kms');
  const tls = ['--tls-ca', tlsCa, '--tls-cert', tlsCert, '--tls-key', tlsKey];
  return listening(process.execPath, [cli, 'serve', 'kmip', '--port', '0', '--quiet', ...tls]);
}

/** A program whose first line ends with its port, until it is disposed of. */
export async function listening(
  program: string,
  args: readonly string[],
): Promise<Disposable & { readonly port: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  const port = /:(\d+)$/.exec(String(line))?.[1] ?? '';
  return { port, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

/** PyKMIP's server with an empty store, on loopback. */
export async function startPykmip(python: string): Promise<AsyncDisposable & { port: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qkdspec-pykmip-'));
  const port = await freePort();
  const { tlsCa, tlsCert, tlsKey } = certified('kms');
  const settings = {
    hostname: '127.0.0.1',
    port,
    certificate_path: tlsCert,
    key_path: tlsKey,
    ca_path: tlsCa,
    auth_suite: 'TLS1.2',
    policy_path: folder,
    enable_tls_client_auth: 'True',
    database_path: path.join(folder, 'store.db'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const file = path.join(folder, 'server.conf');
  await writeFile(file, ['[server]', ...lines, ''].join('\n'));
  const script = path.join(path.dirname(python), 'pykmip-server');
  const child = spawn(python, [script, '-f', file, '-l', path.join(folder, 'server.log')], {
    stdio: 'ignore',
  });
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  if (await isThere(port, child)) return { port, [Symbol.asyncDispose]: stop };
  await stop();
  throw new Error('PyKMIP did not start');
}

/** Longest start, ms: SQLAlchemy is slow to load. */
const startMs = 30_000;

async function isThere(port: number, child: ChildProcess): Promise<boolean> {
  const lastMs = performance.now() + startMs;
  while (performance.now() < lastMs && child.exitCode === null) {
    try {
      await using _ = await dial({ host: '127.0.0.1', port }, { limitMs: 500, credentials: null });
      return true;
    } catch {
      await pause(100);
    }
  }
  return false;
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.exitCode !== null) return;
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(late);
}

/** It has a process of its own below, which it ends itself when it is asked to: 2 s. */
const graceMs = 8000;
