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

/** A thread has its next block at hand when it is done with one: it does not wait for the post. */
const atHand = 2;

class Pool implements CorrectingPool {
  /** Each thread with what it was given, in the order in which it answers. */
  readonly #threads = new Map<Worker, Waiting[]>();
  readonly #waiting: Waiting[] = [];
  #fault: Error | null = null;

  constructor(code: Code, threads: number) {
    const entry = new URL('./pool-thread.ts', import.meta.url);
    for (let started = 0; started < threads; started += 1) {
      const thread = new Worker(entry, { workerData: code });
      this.#threads.set(thread, []);
      this.#listen(thread);
      thread.unref();
    }
  }

  correct(blocks: readonly BlockTask[]): Promise<readonly CorrectedBlock[]> {
    return Promise.all(blocks.map((task) => this.#enqueue(task)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(new HarnessError('internal', 'the threads that correct blocks were ended'));
    await Promise.all([...this.#threads.keys()].map((thread) => thread.terminate()));
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

  /** Gives each thread one block before any gets its second. */
  #assign(): void {
    for (let most = 1; most <= atHand; most += 1) {
      for (const [thread, given] of this.#threads) {
        const next = given.length < most ? this.#waiting.shift() : undefined;
        if (next === undefined) continue;
        given.push(next);
        thread.ref();
        thread.postMessage(next.task, []);
      }
    }
  }

  #listen(thread: Worker): void {
    thread.on('message', (corrected: CorrectedBlock) => {
      const given = this.#threads.get(thread) ?? [];
      given.shift()?.resolve(corrected);
      if (given.length === 0) thread.unref();
      this.#assign();
    });
    thread.on('error', (cause) => {
      this.#fail(new HarnessError('internal', 'a thread that corrects blocks failed', { cause }));
    });
  }

  /** Nothing waits for what will not come. */
  #fail(fault: Error): void {
    this.#fault ??= fault;
    for (const { reject } of [...this.#threads.values(), this.#waiting].flat()) reject(fault);
    for (const given of this.#threads.values()) given.length = 0;
    this.#waiting.length = 0;
  }
}
