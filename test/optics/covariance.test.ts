import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '#src/optics/covariance.ts';
import { stream } from '#src/optics/random/stream.ts';

describe('the covariance of samples', () => {
  it('is exact, with means taken out', () => {
    const sent = { x: Float64Array.of(1, -1, 1, -1), p: Float64Array.of(2, 2, -2, -2) };
    const received = { x: Float64Array.of(4, 2, 4, 2), p: Float64Array.of(0, 0, 0, 0) };
    const { names, means, matrix, samples } = sampleCovariance(sent, received);
    expect(names).toEqual(['x sent', 'p sent', 'x received', 'p received']);
    expect(means).toEqual([0, 0, 3, 0]);
    expect(matrix).toEqual([
      [1, 0, 1, 0],
      [0, 4, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
    expect(samples).toBe(4);
  });

  it('has no p where none was measured, and is symmetric', () => {
    const [x, p, seen] = [1, 2, 3].map((seed) => {
      const part = new Float64Array(1000);
      stream(seed, 'part').fillNormal(part, seed);
      return part;
    });
    const none = new Float64Array(0);
    const sent = { x: x ?? none, p: p ?? none };
    const { names, matrix } = sampleCovariance(sent, { x: seen ?? none, p: none });
    expect(names).toEqual(['x sent', 'p sent', 'x received']);
    expect(matrix.map((row) => row.length)).toEqual([3, 3, 3]);
    matrix.forEach((row, at) =>
      row.forEach((value, to) => expect(value).toBeCloseTo(matrix[to]?.[at] ?? NaN, 12)),
    );
    expect(matrix[1]?.[1]).toBeCloseTo(4, 0);
  });
});
