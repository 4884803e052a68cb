/** The first step that is shown of a long trace: about thirty, and what is wrong among them. */
export function foldedFrom(steps: number, wrongAt: number | null): number {
  const shown = 30;
  if (steps <= shown + 5) return 0;
  return Math.max(0, Math.min(steps - shown, (wrongAt ?? steps) - 10));
}
