import type { Arrival } from './link.ts';

/** Somebody who reads, and until when. */
interface Waiting {
  readonly limitMs: number;
  readonly untilMs: number;
  readonly resolve: (arrival: Arrival) => void;
}

/**
 * Arrivals in their order, until they are read; an ending stays the last one for ever. One timer
 * serves read after read: most of them end long before their limit.
 */
export class Arrivals {
  readonly #queue: Arrival[] = [];
  #waiting: Waiting | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When the timer looks whether somebody has waited for too long. */
  #looksAtMs = 0;
  #ended = false;
  /** Bytes that nobody has read yet. */
  heldBytes = 0;

  arrive(arrival: Arrival): void {
    if (this.#ended) return;
    if (arrival.kind === 'closed') this.#end();
    if (arrival.kind === 'bytes') this.heldBytes += arrival.bytes.length;
    this.#queue.push(arrival);
    const waiting = this.#waiting;
    const first = waiting === null ? undefined : this.#take();
    if (waiting === null || first === undefined) return;
    this.#waiting = null;
    waiting.resolve(first);
  }

  /** The next arrival, or silence after `limitMs`. */
  read(limitMs: number): Promise<Arrival> {
    const ready = this.#take();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve) => {
      const untilMs = performance.now() + limitMs;
      this.#waiting = { limitMs, untilMs, resolve };
      if (this.#timer === null || untilMs < this.#looksAtMs) this.#lookIn(limitMs, untilMs);
    });
  }

  #lookIn(ms: number, atMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#looksAtMs = atMs;
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = null;
    const waiting = this.#waiting;
    if (waiting === null) return;
    const leftMs = waiting.untilMs - performance.now();
    if (leftMs > 0) return this.#lookIn(leftMs, waiting.untilMs);
    this.#waiting = null;
    waiting.resolve({ kind: 'silence', waitedMs: waiting.limitMs });
  }

  #take(): Arrival | undefined {
    const [first] = this.#queue;
    if (first?.kind === 'closed') return first;
    if (first?.kind === 'bytes') this.heldBytes -= first.bytes.length;
    return this.#queue.shift();
  }

  #end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
