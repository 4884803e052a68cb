import { describe, expect, it } from 'vitest';
import { stream } from '#src/optics/random/stream.ts';
import { llrsOf, toMapping } from '#src/post-processing/reconciliation/multidimensional.ts';
import { conjugateAt, multiplyAt } from '#src/post-processing/reconciliation/octonion.ts';

const random = stream(7, 'octonions');

function drawn(): Float64Array {
  const octonion = new Float64Array(8);
  random.fillNormal(octonion, 1);
  return octonion;
}

function product(left: Float64Array, right: Float64Array): Float64Array {
  const out = new Float64Array(8);
  multiplyAt({ left, right, out }, 0);
  return out;
}

function conjugate(octonion: Float64Array): Float64Array {
  const turned = octonion.slice();
  conjugateAt(turned, 0);
  return turned;
}

const square = (octonion: Float64Array) => octonion.reduce((sum, part) => sum + part * part, 0);

/** (a, b)(c, d) = (ac - d*b, da + bc*), by halves down to real numbers. */
function cayleyDickson(left: readonly number[], right: readonly number[]): readonly number[] {
  const half = left.length / 2;
  if (half < 1) return [(left[0] ?? 0) * (right[0] ?? 0)];
  const [a, b] = [left.slice(0, half), left.slice(half)];
  const [c, d] = [right.slice(0, half), right.slice(half)];
  const star = (of: readonly number[]) => of.map((part, at) => (at === 0 ? part : -part));
  const [ac, db] = [cayleyDickson(a, c), cayleyDickson(star(d), b)];
  const [da, bc] = [cayleyDickson(d, a), cayleyDickson(b, star(c))];
  return [
    ...ac.map((part, at) => part - (db[at] ?? 0)),
    ...da.map((part, at) => part + (bc[at] ?? 0)),
  ];
}

describe('octonions', () => {
  it('multiply as Cayley and Dickson say', () => {
    for (let round = 0; round < 20; round += 1) {
      const [left, right] = [drawn(), drawn()];
      const wanted = cayleyDickson([...left], [...right]);
      product(left, right).forEach((part, at) => expect(part).toBeCloseTo(wanted[at] ?? NaN, 12));
    }
  });

  it('have norms that multiply', () => {
    for (let round = 0; round < 50; round += 1) {
      const [left, right] = [drawn(), drawn()];
      expect(square(product(left, right)) / (square(left) * square(right))).toBeCloseTo(1, 12);
    }
  });

  it('divide: (ab)b* is a|b|², though products are not associative', () => {
    const [a, b, c] = [drawn(), drawn(), drawn()];
    product(product(a, b), conjugate(b)).forEach((part, at) =>
      expect(part).toBeCloseTo((a[at] ?? 0) * square(b), 10),
    );
    const difference = product(product(a, b), c)[1] ?? 0;
    expect(difference).not.toBeCloseTo(product(a, product(b, c))[1] ?? 0, 3);
  });
});

describe('the mapping', () => {
  const bits = new Uint8Array(64);
  const samples = new Float64Array(64);
  random.fillBits(bits);
  random.fillNormal(samples, 1);

  it('gives back the bits to who has the same samples, each as likely as its length says', () => {
    const mapping = toMapping(bits, samples);
    const llrs = llrsOf(mapping, samples, 0.5);
    llrs.forEach((llr, at) => {
      const norm = mapping.norms[at >> 3] ?? 0;
      expect(llr).toBeCloseTo(((bits[at] === 1 ? -1 : 1) * 2 * norm * norm) / (8 * 0.5), 10);
    });
  });

  it('consists of rotations, which have length 1', () => {
    const { rotations, norms } = toMapping(bits, samples);
    norms.forEach((norm, at) => {
      expect(square(rotations.subarray(8 * at, 8 * at + 8))).toBeCloseTo(1, 12);
      expect(norm).toBeCloseTo(Math.sqrt(square(samples.subarray(8 * at, 8 * at + 8))), 12);
    });
  });

  it('tells exact likelihoods: those of eight bits given the samples of both', () => {
    const mine = new Float64Array(8);
    random.fillNormal(mine, 1);
    const variance = 0.7;
    const mapping = toMapping(bits.subarray(0, 8), samples.subarray(0, 8));
    const llrs = llrsOf(mapping, mine, variance);
    /** For each of the 256 vectors u, the sample conj(u) · m · |y| that it stands for. */
    const sums = Array.from({ length: 8 }, () => [0, 0]);
    for (let word = 0; word < 256; word += 1) {
      const u = Float64Array.from(
        { length: 8 },
        (_, at) => ((word >> at) & 1 ? -1 : 1) / Math.sqrt(8),
      );
      const y = product(conjugate(u), mapping.rotations).map(
        (part) => part * (mapping.norms[0] ?? 0),
      );
      const distance = y.reduce((sum, part, at) => sum + (part - (mine[at] ?? 0)) ** 2, 0);
      for (const [at, sum] of sums.entries()) {
        const bit = (word >> at) & 1;
        sum[bit] = (sum[bit] ?? 0) + Math.exp(-distance / (2 * variance));
      }
    }
    sums.forEach(([zero = 0, one = 1], at) => {
      expect(llrs[at]).toBeCloseTo(Math.log(zero / one), 8);
    });
  });

  it('leaves eight samples of length 0 without a say, and without a number that is none', () => {
    const mapping = toMapping(bits.subarray(0, 8), new Float64Array(8));
    expect(mapping.rotations.every((part) => Math.abs(part) === 1 / Math.sqrt(8))).toBe(true);
    expect(llrsOf(mapping, samples.subarray(0, 8), 1).every((llr) => Math.abs(llr) === 0)).toBe(
      true,
    );
  });
});
