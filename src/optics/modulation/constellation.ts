import { exponential, turn } from '#src/base/portable-math.ts';

/** Amplitudes alpha of coherent states, each with its probability; sum of p |alpha|² is V_A / 2. */
export interface Constellation {
  readonly real: Float64Array;
  readonly imag: Float64Array;
  readonly probability: Float64Array;
}

/** M-PSK: `points` states on a circle, equally likely; `points` ≥ 2. */
export function psk(points: number, modulationVarianceSnu: number): Constellation {
  const rows = Array.from(
    { length: points },
    (_, k) => [...turn((2 * Math.PI * k) / points), 1] as const,
  );
  return scaled(rows, modulationVarianceSnu);
}

/**
 * M-QAM on the grid of odd integers, `side` × `side` points; probabilities fall as
 * exp(-`shaping` (x² + y²)), 0: all alike.
 */
export function qam(side: number, modulationVarianceSnu: number, shaping = 0): Constellation {
  const levels = Array.from({ length: side }, (_, k) => 2 * k + 1 - side);
  const rows = levels.flatMap((x) =>
    levels.map((y) => [x, y, exponential(-shaping * (x * x + y * y))] as const),
  );
  return scaled(rows, modulationVarianceSnu);
}

/** Binomial QAM: each axis a binomial distribution over `side` equidistant levels. */
export function binomialQam(side: number, modulationVarianceSnu: number): Constellation {
  const levels = Array.from({ length: side }, (_, k) => 2 * k + 1 - side);
  const weights = levels.map((_, k) => choose(side - 1, k));
  const rows = levels.flatMap((x, k) =>
    levels.map((y, l) => [x, y, (weights[k] ?? 0) * (weights[l] ?? 0)] as const),
  );
  return scaled(rows, modulationVarianceSnu);
}

/** Variance and fourth cumulant (0: normal) of real or imaginary parts with these probabilities. */
export function cumulants(
  part: Float64Array,
  probability: Float64Array,
): { readonly second: number; readonly fourth: number } {
  let second = 0;
  let fourth = 0;
  for (let at = 0; at < part.length; at += 1) {
    const square = (part[at] ?? 0) ** 2;
    second += (probability[at] ?? 0) * square;
    fourth += (probability[at] ?? 0) * square ** 2;
  }
  return { second, fourth: fourth - 3 * second ** 2 };
}

function choose(from: number, count: number): number {
  let ways = 1;
  for (let k = 1; k <= count; k += 1) ways = (ways * (from - count + k)) / k;
  return ways;
}

function scaled(
  rows: readonly (readonly [x: number, y: number, weight: number])[],
  modulationVarianceSnu: number,
): Constellation {
  const total = rows.reduce((sum, [, , weight]) => sum + weight, 0);
  const power = rows.reduce((sum, [x, y, weight]) => sum + weight * (x * x + y * y), 0) / total;
  const scale = Math.sqrt(modulationVarianceSnu / 2 / power);
  return {
    real: Float64Array.from(rows, ([x]) => x * scale),
    imag: Float64Array.from(rows, ([, y]) => y * scale),
    probability: Float64Array.from(rows, ([, , weight]) => weight / total),
  };
}
