import { systemClock, type Clock } from '#src/base/clock.ts';
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
  /** Calls off the timer; `null` where none runs. */
  #callOff: (() => void) | null = null;
  /** When the timer looks whether somebody has waited for too long. */
  #looksAtMs = 0;
  #ended = false;
  /** Bytes that nobody has read yet. */
  heldBytes = 0;
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

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
      const untilMs = this.#clock.nowMs() + limitMs;
      this.#waiting = { limitMs, untilMs, resolve };
      if (this.#callOff === null || untilMs < this.#looksAtMs) this.#lookIn(limitMs, untilMs);
    });
  }

  #lookIn(ms: number, atMs: number): void {
    this.#callOff?.();
    this.#looksAtMs = atMs;
    this.#callOff = this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#callOff = null;
    const waiting = this.#waiting;
    if (waiting === null) return;
    const leftMs = waiting.untilMs - this.#clock.nowMs();
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
    this.#callOff?.();
    this.#callOff = null;
  }
}
