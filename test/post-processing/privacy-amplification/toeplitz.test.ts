import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '#src/optics/random/stream.ts';
import { bigIntegerHash } from '#src/post-processing/privacy-amplification/big-integer.ts';
import { toeplitz, toeplitzSeedBits } from '#src/post-processing/privacy-amplification/toeplitz.ts';

describe('a Toeplitz hash', () => {
  it('is the matrix of the definition', () => {
    // Rows, seed 1 0 1 1 0 0 for 3 columns: 1 0 1 | 1 1 0 | 0 1 1 | 0 0 1.
    const seed = Uint8Array.of(1, 0, 1, 1, 0, 0);
    expect([...toeplitz(Uint8Array.of(1, 0, 0), seed, 4)]).toEqual([1, 1, 0, 0]);
    expect([...toeplitz(Uint8Array.of(0, 1, 0), seed, 4)]).toEqual([0, 1, 1, 0]);
    expect([...toeplitz(Uint8Array.of(0, 0, 1), seed, 4)]).toEqual([1, 0, 1, 1]);
    expect([...toeplitz(Uint8Array.of(1, 1, 1), seed, 4)]).toEqual([0, 0, 0, 1]);
  });

  it('is what a product of big integers gives, for any block', () => {
    const size = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(size, size, fc.nat(), fc.constantFrom(8, 32, 256), (n, m, seed, block) => {
        const { input, matrix } = drawn(n, m, seed);
        expect(toeplitz(input, matrix, m, block)).toEqual(bigIntegerHash(input, matrix, m));
      }),
      { numRuns: 60 },
    );
  });

  it('is exact for a hundred thousand bits', () => {
    const { input, matrix } = drawn(100_000, 10_000, 7);
    expect(toeplitz(input, matrix, 10_000)).toEqual(bigIntegerHash(input, matrix, 10_000));
  });

  it('is linear', () => {
    const { input, matrix } = drawn(500, 300, 3);
    const other = drawn(500, 300, 4).input;
    const sum = input.map((bit, at) => bit ^ (other[at] ?? 0));
    const left = toeplitz(input, matrix, 300);
    const right = toeplitz(other, matrix, 300);
    expect(toeplitz(sum, matrix, 300)).toEqual(left.map((bit, at) => bit ^ (right[at] ?? 0)));
  });

  it('gives nothing of nothing', () => {
    expect(toeplitz(new Uint8Array(0), new Uint8Array(3), 4)).toEqual(new Uint8Array(4));
    expect(toeplitz(Uint8Array.of(1), new Uint8Array(0), 0)).toEqual(new Uint8Array(0));
  });
});

function drawn(n: number, m: number, seed: number) {
  const input = new Uint8Array(n);
  const matrix = new Uint8Array(toeplitzSeedBits(n, m));
  stream(seed, 'input').fillBits(input);
  stream(seed, 'matrix').fillBits(matrix);
  return { input, matrix };
}
