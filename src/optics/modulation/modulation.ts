import type { Quadratures } from '../quadratures.ts';
import type { Stream } from '../random/stream.ts';
import { binomialQam, psk, qam, type Constellation } from './constellation.ts';

/** How Alice chooses her symbols. */
export type Modulation =
  | { readonly kind: 'gaussian' }
  /** `points` states on a circle: a power of 2, from 2. */
  | { readonly kind: 'psk'; readonly points: number }
  /** `side` × `side` points: a power of 2, from 2. */
  | { readonly kind: 'qam'; readonly side: number }
  /** The same, less likely the brighter: exp(-shaping (x² + y²)) on the grid of odd integers. */
  | { readonly kind: 'pcs-qam'; readonly side: number; readonly shaping: number }
  | { readonly kind: 'binomial-qam'; readonly side: number };

/** Fills `out` with symbols of this variance per quadrature, in shot-noise units. */
export function drawSymbols(
  modulation: Modulation,
  modulationVarianceSnu: number,
  source: Stream,
  out: Quadratures,
): void {
  const points = constellationOf(modulation, modulationVarianceSnu);
  if (points === null) {
    const sigma = Math.sqrt(modulationVarianceSnu);
    source.fillNormal(out.x, sigma);
    source.fillNormal(out.p, sigma);
    return;
  }
  const chosen = chooser(points.probability, source);
  for (let at = 0; at < out.x.length; at += 1) {
    const point = chosen();
    out.x[at] = 2 * (points.real[point] ?? 0);
    out.p[at] = 2 * (points.imag[point] ?? 0);
  }
}

/** The states of a modulation; `null`: a continuum. */
export function constellationOf(
  modulation: Modulation,
  modulationVarianceSnu: number,
): Constellation | null {
  switch (modulation.kind) {
    case 'gaussian':
      return null;
    case 'psk':
      return psk(modulation.points, modulationVarianceSnu);
    case 'qam':
      return qam(modulation.side, modulationVarianceSnu);
    case 'pcs-qam':
      return qam(modulation.side, modulationVarianceSnu, modulation.shaping);
    case 'binomial-qam':
      return binomialQam(modulation.side, modulationVarianceSnu);
  }
}

/** Draws indices with these probabilities. */
function chooser(probability: Float64Array, source: Stream): () => number {
  let sum = 0;
  const bounds = probability.map((share) => (sum += share));
  const last = probability.length - 1;
  return () => {
    const drawn = source.unit();
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (drawn < (bounds[middle] ?? 1)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
