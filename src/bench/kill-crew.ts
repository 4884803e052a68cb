import { Worker } from 'node:worker_threads';
import { systemClock } from '#src/base/clock.ts';
import type { KillJob, KillRow } from './kill-job.ts';

/** Jobs for several threads. */
export interface KillCrew {
  /** The module that a thread runs: it calls `workOnKills`. */
  readonly entry: URL;
  readonly jobs: readonly KillJob[];
  readonly workers: number;
  /** Longest time of one job, ms: a thread that takes longer is ended. */
  readonly limitMs: number;
  /** Aborted on Ctrl-C: what is not done by then is left. */
  readonly signal: AbortSignal;
  readonly done: (row: KillRow) => void;
}

/** Does every job in one of the threads; a thread that breaks costs its job alone. */
export async function killInThreads(crew: KillCrew): Promise<void> {
  const queue = [...crew.jobs];
  const lane = async () => {
    await using thread = new Thread(crew);
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const row = await thread.row(job);
      if (crew.signal.aborted) return;
      crew.done(row);
    }
  };
  const lanes = Math.min(crew.workers, queue.length);
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** A thread that does jobs, and is another one after it has broken. */
class Thread implements AsyncDisposable {
  readonly #crew: KillCrew;
  #worker: Worker | null = null;

  constructor(crew: KillCrew) {
    this.#crew = crew;
  }

  async row(job: KillJob): Promise<KillRow> {
    const row = await this.#awaited(job);
    if (row.kind === 'fault') await this[Symbol.asyncDispose]();
    return row;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    worker?.on('error', () => {});
    await worker?.terminate();
  }

  async #awaited(job: KillJob): Promise<KillRow> {
    const { entry, limitMs, signal } = this.#crew;
    const worker = (this.#worker ??= new Worker(entry));
    const over = new AbortController();
    const fault = (message: string): KillRow => ({ kind: 'fault', job, message });
    const row = await new Promise<KillRow>((resolve) => {
      const interrupt = () => resolve(fault('interrupted'));
      signal.addEventListener('abort', interrupt, { signal: over.signal });
      if (signal.aborted) interrupt();
      worker.on('message', resolve);
      worker.on('error', (cause) => resolve(fault(`the thread broke: ${String(cause)}`)));
      worker.on('exit', (code) => resolve(fault(`the thread ended with ${code}`)));
      void systemClock.sleep(limitMs, over.signal).then(() => {
        resolve(fault(`it took longer than ${Math.round(limitMs / 1000)} s`));
      });
      worker.postMessage(job, []);
    });
    over.abort();
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    return row;
  }
}
