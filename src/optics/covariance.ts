import { parts, type Quadratures } from './quadratures.ts';

/** Means and covariances of quadratures of both ends: x and p sent, x (and p) received. */
export interface SampleCovariance {
  readonly names: readonly string[];
  readonly means: readonly number[];
  /** Symmetric, in shot-noise units; a row for each name. */
  readonly matrix: readonly (readonly number[])[];
  readonly samples: number;
}

/** Of the same symbols at both ends; at least 1. */
export function sampleCovariance(sent: Quadratures, received: Quadratures): SampleCovariance {
  const columns = [...parts(sent), ...parts(received)];
  const means = columns.map(
    (column) => column.reduce((sum, value) => sum + value, 0) / column.length,
  );
  return {
    names: ['x sent', 'p sent', 'x received', 'p received'].slice(0, columns.length),
    means,
    matrix: columns.map((left, row) =>
      columns.map((right, column) => mixed(left, right) - (means[row] ?? 0) * (means[column] ?? 0)),
    ),
    samples: sent.x.length,
  };
}

function mixed(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum / left.length;
}
