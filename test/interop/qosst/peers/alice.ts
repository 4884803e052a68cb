import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { installQosst } from './install.ts';
import { freePort, LOOPBACK, portState } from './loopback.ts';

const START_LIMIT_MS = 30_000;
const PORT_LIMIT_MS = 75_000;
const STOP_LIMIT_MS = 2_000;
const LOG_CHARACTERS = 1_000_000;

/** The unmodified Alice of QOSST in a process of her own; disposing of it ends the process. */
export interface RealAlice extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** What she printed, at most the last million characters. */
  log(): string;
  /** Her exit code, null when a signal ended her; never rejects. */
  readonly exited: Promise<number | null>;
}

/** What real Alice is started with. */
export interface RealAliceOptions {
  /** An interpreter that can import QOSST, from `installQosst`. */
  readonly python: string;
  /** A free one by default; a given one is waited for while the kernel still holds it. */
  readonly port?: number;
  /** Symbols of a frame, 2000 by default. */
  readonly numSymbols?: number;
  /** A .npy file that her DAC writes at each emission, for real Bob to receive. */
  readonly fibre?: string;
  /** Her instruments settle at once: no 4.5 s of silence after QIE_ENDED. */
  readonly haste?: boolean;
  /** Ends her, started or not. */
  readonly signal?: AbortSignal;
  /** Called with each piece of her output. */
  readonly onLog?: (text: string) => void;
}

/**
 * Starts real Alice on the loopback address and returns once she listens.
 * She serves one client at a time and binds without SO_REUSEADDR: where an earlier server died
 * with a connection open, its port stays closed for a minute, and a given port is waited for.
 */
export async function startRealAlice(options: RealAliceOptions): Promise<RealAlice> {
  const limit = AbortSignal.timeout(PORT_LIMIT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  for (;;) {
    const port = options.port ?? (await freePort());
    await untilFree(port, signal);
    const alice = await launch(port, options);
    const outcome = await untilListening(alice, signal);
    if (outcome === 'listening') return alice;
    await alice[Symbol.asyncDispose]();
    signal.throwIfAborted();
    if (outcome === 'failed') throw new Error(`real Alice did not start:\n${tail(alice)}`);
  }
}

async function untilFree(port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const state = await portState(port);
    if (state === 'listening') throw new Error(`port ${port} is already taken`);
    if (state !== 'held') return;
    await pause(200, undefined, { signal });
  }
}

async function launch(port: number, options: RealAliceOptions): Promise<RealAlice> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qosst-alice-'));
  const config = path.join(folder, 'config.toml');
  await writeFile(config, await configuration(port, options));
  const child = spawn(options.python, ['-m', 'qosst_alice.alice', '-f', config, '-vv'], {
    cwd: folder,
    env: environment(folder, options),
    stdio: 'pipe', // her stdin stays open as long as we live: see the stub's lifeline
  });
  let log = '';
  const keep = (text: string): void => {
    options.onLog?.(text);
    log = (log + text).slice(-LOG_CHARACTERS);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', (error) => {
      keep(`${error.message}\n`);
      resolve(null);
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(kill);
    await rm(folder, { recursive: true, force: true });
  };
  const stopOnAbort = (): void => void stop();
  options.signal?.addEventListener('abort', stopOnAbort, { once: true });
  void exited.then(() => options.signal?.removeEventListener('abort', stopOnAbort));
  return {
    host: LOOPBACK,
    port,
    pid: child.pid ?? 0,
    log: () => log,
    exited,
    [Symbol.asyncDispose]: stop,
  };
}

async function configuration(port: number, options: RealAliceOptions): Promise<string> {
  const lab = path.join(import.meta.dirname, 'lab');
  const parts = ['frame.toml', 'alice.toml'].map((part) => readFile(path.join(lab, part), 'utf8'));
  const text = ['serial_number = "real-alice"\n', ...(await Promise.all(parts))].join('');
  const values = {
    HOST: LOOPBACK,
    PORT: String(port),
    NUM_SYMBOLS: String(options.numSymbols ?? 2000),
    FIBRE: JSON.stringify(options.fibre === undefined ? '' : path.resolve(options.fibre)),
  };
  return Object.entries(values).reduce(
    (filled, [name, value]) => filled.replaceAll(`@${name}@`, () => value),
    text,
  );
}

function environment(folder: string, { haste }: RealAliceOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PYTHONPATH: import.meta.dirname,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    QOSST_STUB_FOLDER: folder,
    ...(haste === true && { QOSST_STUB_HASTE: 'yes' }),
  };
}

type Outcome = 'listening' | 'port held' | 'failed';

async function untilListening(alice: RealAlice, signal: AbortSignal): Promise<Outcome> {
  let ended = false;
  void alice.exited.then(() => (ended = true));
  const limit = Date.now() + START_LIMIT_MS;
  while (!ended && !signal.aborted && Date.now() < limit) {
    const waits = alice.log().includes('Waiting for a client to connect');
    const state = await portState(alice.port);
    if (waits && (state === 'listening' || state === 'unknown')) return 'listening';
    await pause(20);
  }
  return alice.log().includes('Address already in use') ? 'port held' : 'failed';
}

function tail(alice: RealAlice): string {
  return alice.log().trimEnd().split('\n').slice(-15).join('\n');
}

/** `alice.ts --port 18181 [--num-symbols n] [--fibre file.npy] [--haste] [--verbose]`: until told to stop. */
async function serve(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'num-symbols': { type: 'string' },
      fibre: { type: 'string' },
      haste: { type: 'boolean' },
      verbose: { type: 'boolean' },
    },
  });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => stop.abort());
  const say = (line: string): void => console.error(line);
  const installation = await installQosst({ say, signal: stop.signal });
  if (installation.kind === 'missing') {
    say(`QOSST is missing: ${installation.why}`);
    return 1;
  }
  await using alice = await startRealAlice({
    python: installation.python,
    signal: stop.signal,
    ...(values.port && { port: Number(values.port) }),
    ...(values['num-symbols'] && { numSymbols: Number(values['num-symbols']) }),
    ...(values.fibre && { fibre: values.fibre }),
    ...(values.haste && { haste: true }),
    ...(values.verbose && { onLog: (text: string) => process.stderr.write(text) }),
  });
  console.log(`real Alice listens on ${alice.host}:${alice.port} (pid ${alice.pid})`);
  const code = await alice.exited;
  if (stop.signal.aborted) return 0;
  say(`real Alice ended with ${code ?? 'a signal'}:\n${tail(alice)}`);
  return code ?? 1;
}

if (import.meta.main) process.exitCode = await serve();
