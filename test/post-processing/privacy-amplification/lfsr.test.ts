import { describe, expect, it } from 'vitest';
import { lfsrFlaw, lfsrHash } from '#src/post-processing/privacy-amplification/lfsr.ts';
import { isIrreducible } from '#src/post-processing/privacy-amplification/polynomial.ts';

/** x^5 + x^2 + 1. */
const five = [1, 0, 1, 0, 0];
const request = { seed: [1, 0, 1, 1, 0], outputBits: 5, subblockBits: 5, polynomial: five };

describe('irreducible polynomials over GF(2)', () => {
  it('are as many as Gauss counted, for each degree up to 10', () => {
    const counts = [2, 1, 2, 3, 6, 9, 18, 30, 56, 99];
    counts.forEach((count, index) => {
      const degree = index + 1;
      const all = Array.from({ length: 2 ** degree }, (_, bits) =>
        Array.from({ length: degree }, (__, at) => (bits >> at) & 1),
      );
      expect(all.filter(isIrreducible), `degree ${degree}`).toHaveLength(count);
    });
  });

  it('are known of degrees that are in use', () => {
    const withTerms = (degree: number, terms: readonly number[]) =>
      Array.from({ length: degree }, (_, at) => (terms.includes(at) ? 1 : 0));
    expect(isIrreducible(withTerms(128, [0, 1, 2, 7]))).toBe(true);
    expect(isIrreducible(withTerms(128, [0, 1, 2, 8]))).toBe(false);
    expect(isIrreducible(withTerms(521, [0, 32]))).toBe(true);
  });

  it('do not have the one of the document among them', () => {
    expect(isIrreducible([1, 1, 1, 0, 0])).toBe(false);
    expect(isIrreducible([])).toBe(false);
  });
});

describe('the hash by a shift register', () => {
  it('has the states of the register as its columns', () => {
    // The new bit is the parity of the first and the third: c_0 and c_2.
    const columns = ['10110', '01100', '11001', '10011', '00111'].map((bits) =>
      [...bits].map(Number),
    );
    columns.forEach((column, at) => {
      const input = new Uint8Array(5);
      input[at] = 1;
      expect([...lfsrHash(input, request)], `column ${at}`).toEqual(column);
    });
  });

  it('hashes each part of the input on its own, and is linear', () => {
    const two = { ...request, outputBits: 10 };
    const left = Uint8Array.of(1, 0, 1, 1, 0, 0, 1);
    const right = Uint8Array.of(0, 1, 1, 0, 1, 0, 1);
    const whole = lfsrHash(Uint8Array.from([...left, ...right]), two);
    expect([...whole]).toEqual([...lfsrHash(left, request), ...lfsrHash(right, request)]);
    const sum = left.map((bit, at) => bit ^ (right[at] ?? 0));
    const [a, b] = [lfsrHash(left, request), lfsrHash(right, request)];
    expect(lfsrHash(sum, request)).toEqual(a.map((bit, at) => bit ^ (b[at] ?? 0)));
  });

  it.each([
    [{ polynomial: [1, 1, 1, 0, 0] }, 'the feedback polynomial is not irreducible'],
    [{ polynomial: [1, 1] }, 'the feedback polynomial has 2 coefficients, not 5'],
    [{ seed: [0, 0, 0, 0, 0] }, 'the seed is 0'],
    [{ seed: [1] }, 'the seed has 1 bits, not 5'],
    [{ outputBits: 7 }, '7 bits are no whole number of subblocks of 5'],
    [{ outputBits: 2000 }, '2000 bits cannot come from 100'],
    [{ subblockBits: 0 }, 'the subblock has 0 bits'],
  ])('is refused with %o', (changed, flaw) => {
    expect(lfsrFlaw({ ...request, ...changed }, 100)).toBe(flaw);
    expect(lfsrFlaw(request, 100)).toBeNull();
  });
});
