import type { Complex } from '#src/base/fourier.ts';

/**
 * Rounds samples to the steps of a converter of so many bits, in place. Its range is that of the
 * record: nothing is clipped, and what is bright in it decides how fine the steps are.
 */
export function digitise({ re, im }: Complex, bits: number): void {
  let range = 0;
  for (const part of [re, im]) {
    for (const sample of part) range = Math.max(range, Math.abs(sample));
  }
  if (range === 0) return;
  let steps = 1;
  for (let bit = 1; bit < bits; bit += 1) steps *= 2;
  const step = range / steps;
  for (const part of [re, im]) {
    for (let at = 0; at < part.length; at += 1) {
      part[at] = Math.round((part[at] ?? 0) / step) * step;
    }
  }
}
