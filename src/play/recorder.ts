import type { Clock } from '#src/base/clock.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';

type Untimed<Event> = Event extends TraceEvent ? Omit<Event, 'atMs'> : never;

/** Writes down what happens, in order. */
export class Recorder {
  readonly #events: TraceEvent[] = [];
  readonly #about: Omit<Trace, 'events'>;
  readonly #clock: Clock;
  readonly #beganMs: number;

  constructor(about: Omit<Trace, 'events'>, clock: Clock) {
    this.#about = about;
    this.#clock = clock;
    this.#beganMs = clock.nowMs();
  }

  record(event: Untimed<TraceEvent>): void {
    const atMs = Math.round((this.#clock.nowMs() - this.#beganMs) * 1000) / 1000;
    this.#events.push({ ...event, atMs });
  }

  /** Everything so far. */
  trace(): Trace {
    return { ...this.#about, events: [...this.#events] };
  }
}
