/** The time, injected: monotonic milliseconds since some moment. */
export interface Clock {
  nowMs(): number;
  /** Resolves after `ms`, or earlier when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does something after `ms`; what it returns calls that off. */
  after(ms: number, act: () => void): () => void;
}

/** The machine's own clock: since 1970, by the date when the process began, and never backwards. */
export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      signal?.addEventListener('abort', done);
      if (signal?.aborted === true) done();
    }),
};

/** The date and time, for reports: nothing is decided by it. */
export function today(): Date {
  return new Date();
}

/** A written date and time as milliseconds since 1970. */
export function instantMs(text: string): number {
  return Date.parse(text);
}

/** Milliseconds since 1970 as a date and time, in UTC. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
