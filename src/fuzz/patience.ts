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

  /** For the next time, ms. */
  get hearMs(): number {
    return Math.min(most, Math.max(least, times * this.#slowestMs));
  }

  /** Something came by itself, after so long. */
  came(tookMs: number): void {
    this.#slowestMs = Math.max(tookMs, this.#slowestMs * forgetting);
  }
}
