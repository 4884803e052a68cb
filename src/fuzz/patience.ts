/** Bounds of what is waited for what a peer may say by itself, ms. */
const least = 15;
const most = 200;
/** It is awaited so many times as long as the slowest took of late. */
const times = 1.5;
/** How soon a slow one is forgotten. */
const forgetting = 0.8;

/** How long a campaign waits for what its peer says by itself: as that came so far. */
export class Patience {
  #slowestMs = most;

  #slowestAnswerMs = 0;

  /** For the next time, ms. */
  get hearMs(): number {
    return bounded(times * this.#slowestMs);
  }

  /** The same where it may say nothing: what is wrong there comes about as soon as answers, ms. */
  get quietMs(): number {
    return bounded(times * this.#slowestAnswerMs);
  }

  /** Something came by itself, after so long. */
  came(tookMs: number): void {
    this.#slowestMs = Math.max(tookMs, this.#slowestMs * forgetting);
  }

  /** An answer came, after so long. */
  answered(tookMs: number): void {
    this.#slowestAnswerMs = Math.max(tookMs, this.#slowestAnswerMs * forgetting);
  }
}

function bounded(ms: number): number {
  return Math.min(most, Math.max(least, ms));
}
