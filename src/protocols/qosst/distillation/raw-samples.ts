import { parts, type Quadratures } from '#src/optics/quadratures.ts';

/**
 * The samples that a key is made of: all quadratures of symbols that were not revealed, in their
 * order, x before p, divided by `unit`.
 */
export function rawSamples(
  frame: Quadratures,
  revealed: ReadonlySet<number>,
  unit: number,
): Float64Array {
  const kept = parts(frame);
  const samples = new Float64Array((frame.x.length - countIn(revealed, frame)) * kept.length);
  let to = 0;
  for (let at = 0; at < frame.x.length; at += 1) {
    if (revealed.has(at)) continue;
    for (const part of kept) {
      samples[to] = (part[at] ?? 0) / unit;
      to += 1;
    }
  }
  return samples;
}

function countIn(revealed: ReadonlySet<number>, { x }: Quadratures): number {
  let count = 0;
  for (const index of revealed) if (index >= 0 && index < x.length) count += 1;
  return count;
}
