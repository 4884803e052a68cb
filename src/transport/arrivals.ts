import type { Arrival } from './link.ts';

/** Arrivals in their order, until they are read; an ending stays the last one for ever. */
export class Arrivals {
  readonly #queue: Arrival[] = [];
  #wake: (() => void) | null = null;
  #ended = false;
  /** Bytes that nobody has read yet. */
  heldBytes = 0;

  arrive(arrival: Arrival): void {
    if (this.#ended) return;
    if (arrival.kind === 'closed') this.#ended = true;
    if (arrival.kind === 'bytes') this.heldBytes += arrival.bytes.length;
    this.#queue.push(arrival);
    this.#wake?.();
  }

  /** The next arrival, or silence after `limitMs`. */
  read(limitMs: number): Promise<Arrival> {
    const ready = this.#take();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve) => {
      const finish = (arrival: Arrival) => {
        clearTimeout(timer);
        this.#wake = null;
        resolve(arrival);
      };
      const timer = setTimeout(() => finish({ kind: 'silence', waitedMs: limitMs }), limitMs);
      this.#wake = () => {
        const arrival = this.#take();
        if (arrival !== undefined) finish(arrival);
      };
    });
  }

  #take(): Arrival | undefined {
    const [first] = this.#queue;
    if (first?.kind === 'closed') return first;
    if (first?.kind === 'bytes') this.heldBytes -= first.bytes.length;
    return this.#queue.shift();
  }
}
