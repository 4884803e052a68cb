import { parts, type Quadratures } from '#src/optics/quadratures.ts';

/**
 * The samples that a key is made of: all quadratures of symbols that were not revealed, in their
 * order, x before p, divided by `unit`. `revealed` has a 1 for each symbol that was.
 */
export function rawSamples(frame: Quadratures, revealed: Uint8Array, unit: number): Float64Array {
  const kept = parts(frame);
  let secret = frame.x.length;
  for (const mark of revealed) secret -= mark;
  const samples = new Float64Array(secret * kept.length);
  let to = 0;
  for (let at = 0; at < frame.x.length; at += 1) {
    if (revealed[at] === 1) continue;
    for (const part of kept) {
      samples[to] = (part[at] ?? 0) / unit;
      to += 1;
    }
  }
  return samples;
}

/** Marks these symbols of a frame as revealed; what is not in the frame is passed over. */
export function mark(revealed: Uint8Array, indices: readonly number[]): void {
  for (const index of indices) revealed[index] = 1;
}
