import { turn } from '#src/base/portable-math.ts';
import { quadratures, type Quadratures } from '../quadratures.ts';

/** Symbols that Alice revealed, their places, and the error in the angle that is found by them. */
export interface Told {
  readonly revealed: Quadratures;
  readonly indices: readonly number[];
  readonly errorRad?: number;
}

/**
 * Turns all symbols by the angle that lets those at `indices` fit what Alice revealed best: that of
 * the sum of each times the conjugate of hers.
 */
export function turnedBack(
  symbols: Quadratures,
  { revealed, indices, errorRad = 0 }: Told,
): Quadratures {
  let along = 0;
  let across = 0;
  for (let at = 0; at < revealed.x.length; at += 1) {
    const x = symbols.x[indices[at] ?? 0] ?? 0;
    const p = symbols.p[indices[at] ?? 0] ?? 0;
    const x0 = revealed.x[at] ?? 0;
    const p0 = revealed.p[at] ?? 0;
    along += x * x0 + p * p0;
    across += p * x0 - x * p0;
  }
  const size = Math.sqrt(along * along + across * across);
  if (size === 0) return symbols;
  const [cos, sin] = turn(errorRad);
  return turnedFrom(
    symbols,
    (along * cos + across * sin) / size,
    (across * cos - along * sin) / size,
  );
}

function turnedFrom({ x, p }: Quadratures, cos: number, sin: number): Quadratures {
  const turned = quadratures(x.length);
  for (let at = 0; at < x.length; at += 1) {
    turned.x[at] = cos * (x[at] ?? 0) + sin * (p[at] ?? 0);
    turned.p[at] = cos * (p[at] ?? 0) - sin * (x[at] ?? 0);
  }
  return turned;
}
