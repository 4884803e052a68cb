import type { Clock } from './clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly act: () => void;
}

/** A date for talks without sockets: sides that tell the time tell one that there is, ms since 1970. */
export const someDateMs = 1_767_225_600_000;

/**
 * Time that passes at once, and only while somebody waits for it: as soon as nothing is left to do
 * in this process, it is as late as the next thing that was to be done later. Whoever shares it
 * talks without sockets; the same things then happen at the same times, however busy the machine.
 */
export class SimulatedClock implements Clock {
  #nowMs: number;
  /** In the order in which they were set: of two for the same time the earlier goes first. */
  readonly #alarms = new Set<Alarm>();
  /** Those for whom time passes. */
  #waiting = 0;
  #isTurning = false;

  /** @param beganMs - since 1970 */
  constructor(beganMs = 0) {
    this.#nowMs = beganMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, act: () => void): () => void {
    const alarm = { atMs: this.#nowMs + Math.max(0, ms), act };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    const slept = new Promise<void>((resolve) => {
      const done = () => {
        callOff();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const callOff = this.after(ms, done);
      signal?.addEventListener('abort', done);
    });
    return this.passing(slept);
  }

  /** Waits for something, and lets time pass until it has come. */
  async passing<Value>(coming: Promise<Value>): Promise<Value> {
    this.#waiting += 1;
    this.#turnSoon();
    try {
      return await coming;
    } finally {
      this.#waiting -= 1;
    }
  }

  /** All that can be done at once is done before the turn comes. */
  #turnSoon(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isTurning = false;
    if (this.#waiting === 0) return;
    const next = this.#next();
    if (next === null) return;
    this.#alarms.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.act();
    this.#turnSoon();
  }

  #next(): Alarm | null {
    let next: Alarm | null = null;
    for (const alarm of this.#alarms) {
      if (next === null || alarm.atMs < next.atMs) next = alarm;
    }
    return next;
  }
}
