import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';

/** Longest wait for a client to connect: it may be an interpreter that starts, ms. */
const clientMs = 30_000;
/** A client is awaited this many times as long as the slowest took so far … */
const patience = 10;
/** … and no less than so long, ms. */
const leastMs = 1000;

/** The time of a campaign was over before a client came: no fault of anybody's. */
export class TimeIsUp extends HarnessError {
  constructor() {
    super('internal', 'the time was over before a client came');
  }
}

/** How long clients are awaited: as they came so far, and no longer than a campaign lasts. */
export class ClientWait {
  readonly #clock: Clock;
  /** False for clients that come when they like: how long one took says nothing of the next. */
  readonly #started: boolean;
  #slowestMs = clientMs;
  #isFirst = true;
  #untilMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, how: { readonly started: boolean }) {
    this.#clock = clock;
    this.#started = how.started;
  }

  /** Nobody is awaited beyond this moment, but for who was started and is under way. */
  until(untilMs: number): void {
    this.#untilMs = untilMs;
  }

  /**
   * What comes, awaited for as long as it may take.
   * @throws TimeIsUp where it does not come because the time is over.
   */
  async wait<Value>(
    come: (limitMs: number) => Promise<Value>,
    leastWaitMs: number,
  ): Promise<Value> {
    const beganMs = this.#clock.nowMs();
    const left = Math.min(clientMs, this.#untilMs - beganMs);
    const usual = this.#started ? Math.max(leastMs, patience * this.#slowestMs) : 0;
    const limitMs = Math.max(leastWaitMs, left, Math.min(clientMs, usual));
    try {
      const here = await come(limitMs);
      this.#came(this.#clock.nowMs() - beganMs);
      return here;
    } catch (fault) {
      const isLate = this.#clock.nowMs() >= this.#untilMs;
      if (isLate && fault instanceof HarnessError && fault.code === 'unreachable')
        throw new TimeIsUp();
      throw fault;
    }
  }

  #came(tookMs: number): void {
    this.#slowestMs = this.#isFirst ? tookMs : Math.max(this.#slowestMs, tookMs);
    this.#isFirst = false;
  }
}
