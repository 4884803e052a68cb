import { parts, type Quadratures } from '../quadratures.ts';
import type { Stream } from '../random/stream.ts';

/** Adds normal noise of this variance to both quadratures of the symbols from … to - 1. */
export function addNoise(
  light: Quadratures,
  variance: number,
  source: Stream,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: light.x.length },
): void {
  const noise = new Float64Array(to - from);
  for (const part of parts(light)) {
    source.fillNormal(noise, Math.sqrt(variance));
    for (let at = from; at < to; at += 1) part[at] = (part[at] ?? 0) + (noise[at - from] ?? 0);
  }
}
