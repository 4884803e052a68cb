import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A QKD server in a process of its own, on loopback. */
export interface PeerServer extends AsyncDisposable {
  readonly port: number;
}

/** Longest time until a server says where it waits, ms. */
const startMs = 20_000;

/** Starts a server of this folder with such arguments. */
export async function startPeer(
  script: 'many_requests' | 'one_request',
  args: readonly string[] = [],
): Promise<PeerServer> {
  const file = fileURLToPath(new URL(`${script}.py`, import.meta.url));
  const child = spawn('python3', ['-B', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (bytes) => (complaint = `${complaint}${String(bytes)}`.slice(-2000)));
  const gone = once(child, 'close');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(startMs) }),
    gone.then(() => [`ended: ${complaint}`]),
  ]);
  const port = Number(/^listening on (\d+)$/.exec(String(line[0]))?.[1]);
  if (!(port > 0)) throw new Error(`${script} did not start: ${String(line[0])}`);
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill();
      await gone;
    },
  };
}

const clientFile = fileURLToPath(new URL('client.py', import.meta.url));

/** How the application of this folder is started against our QKD devices. */
export function clientCommand(version: string): string {
  return `cmd:python3 -B ${clientFile} {host} {port} {peerPort} --version ${version}`;
}

/** Runs the application of this folder once; what it printed, and its exit code. */
export async function runClient(
  [port, peerPort]: readonly [number, number],
  args: readonly string[],
): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const all = ['-B', clientFile, '127.0.0.1', String(port), String(peerPort), ...args];
  const child = spawn('python3', all, { stdio: ['ignore', 'pipe', 'inherit'], timeout: startMs });
  const pieces: string[] = [];
  child.stdout.on('data', (bytes) => pieces.push(String(bytes)));
  const [code] = await once(child, 'close');
  return { code, lines: pieces.join('').trim().split('\n') };
}
