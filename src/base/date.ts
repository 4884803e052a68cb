/** A date as HTTP and people write it, ms since 1970; `null` where it is none. */
export function momentIn(text: string): number | null {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}

/** The day of a moment, `2026-11-22`, in UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
