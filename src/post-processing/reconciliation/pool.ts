import { Worker } from 'node:worker_threads';
import { HarnessError } from '#src/base/errors.ts';
import type { BlockMessage, CorrectedBlock } from './block.ts';
import type { Code } from './ldpc/code.ts';

/** A block to be corrected: see `correctBlock`. */
export interface BlockTask {
  readonly message: BlockMessage;
  readonly samples: Float64Array;
  readonly noiseVariance: number;
}

/** Threads that correct blocks of one code; what comes of a block is the same on any of them. */
export interface CorrectingPool extends AsyncDisposable {
  /** What comes of each block, in their order; a fault of a thread fails all. */
  correct(blocks: readonly BlockTask[]): Promise<readonly CorrectedBlock[]>;
}

/**
 * Starts so many threads, each with a decoder of its own; they wait for blocks until disposed, or
 * until nothing else keeps the process.
 */
export function correctingPool(code: Code, threads: number): CorrectingPool {
  return new Pool(code, threads);
}

interface Waiting {
  readonly task: BlockTask;
  readonly resolve: (corrected: CorrectedBlock) => void;
  readonly reject: (fault: Error) => void;
}

class Pool implements CorrectingPool {
  readonly #threads: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: Waiting[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  #fault: Error | null = null;

  constructor(code: Code, threads: number) {
    const entry = new URL('./pool-thread.ts', import.meta.url);
    this.#threads = Array.from({ length: threads }, () => new Worker(entry, { workerData: code }));
    this.#idle = [...this.#threads];
    for (const thread of this.#threads) this.#listen(thread);
    for (const thread of this.#threads) thread.unref();
  }

  correct(blocks: readonly BlockTask[]): Promise<readonly CorrectedBlock[]> {
    return Promise.all(blocks.map((task) => this.#enqueue(task)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(new HarnessError('internal', 'the threads that correct blocks were ended'));
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #enqueue(task: BlockTask): Promise<CorrectedBlock> {
    return new Promise((resolve, reject) => {
      if (this.#fault !== null) {
        reject(this.#fault);
        return;
      }
      this.#waiting.push({ task, resolve, reject });
      this.#assign();
    });
  }

  #assign(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const thread = this.#idle.pop();
      const next = this.#waiting.shift();
      if (thread === undefined || next === undefined) return;
      this.#busy.set(thread, next);
      thread.ref();
      thread.postMessage(next.task, []);
    }
  }

  #listen(thread: Worker): void {
    thread.on('message', (corrected: CorrectedBlock) => {
      this.#busy.get(thread)?.resolve(corrected);
      this.#busy.delete(thread);
      thread.unref();
      this.#idle.push(thread);
      this.#assign();
    });
    thread.on('error', (cause) => {
      this.#fail(new HarnessError('internal', 'a thread that corrects blocks failed', { cause }));
    });
  }

  /** Nothing waits for what will not come. */
  #fail(fault: Error): void {
    this.#fault ??= fault;
    for (const { reject } of [...this.#busy.values(), ...this.#waiting]) reject(fault);
    this.#busy.clear();
    this.#waiting.length = 0;
  }
}
