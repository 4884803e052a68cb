import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { stream } from '#src/optics/random/stream.ts';

describe('a stream', () => {
  it('is the same from the same seed and purpose, and another from others', () => {
    const words = (seed: number, purpose: string) => {
      const random = stream(seed, purpose);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(words(1, 'symbols')).toEqual(words(1, 'symbols'));
    const firsts = [
      words(1, 'symbols'),
      words(2, 'symbols'),
      words(1, 'channel'),
      words(2, 'channel'),
    ];
    expect(new Set(firsts.map(String)).size).toBe(4);
  });

  it('gives the same normal numbers on every engine', () => {
    const numbers = new Float64Array(100_000);
    stream(1, 'symbols').fillNormal(numbers, 1);
    const digest = createHash('sha256').update(numbers).digest('hex');
    expect(digest).toMatchInlineSnapshot(
      `"36ab90c80b2f18ecbf2c60e6440b23ef6b1c633ff4f733e471f3541d9d988af7"`,
    );
  });

  it('gives the same numbers filled at once or in parts', () => {
    const whole = new Float64Array(5000);
    stream(4, 'channel').fillNormal(whole, 2);
    const parts = stream(4, 'channel');
    const joined = [1, 999, 4000].flatMap((length) => {
      const part = new Float64Array(length);
      parts.fillNormal(part, 2);
      return [...part];
    });
    expect(joined).toEqual([...whole]);
  });

  it('gives normal numbers with the moments and tails of the normal curve', () => {
    const count = 1_000_000;
    const numbers = new Float64Array(count);
    stream(5, 'channel').fillNormal(numbers, 1);
    /** Hermite polynomials: each has mean 0 and the variance beside it. */
    const tests = [
      [(x: number) => x, 1],
      [(x: number) => x ** 2 - 1, 2],
      [(x: number) => x ** 3 - 3 * x, 6],
      [(x: number) => x ** 4 - 6 * x ** 2 + 3, 24],
    ] as const;
    for (const [polynomial, variance] of tests) {
      const sum = numbers.reduce((sum, x) => sum + polynomial(x), 0);
      expect(Math.abs(sum) / Math.sqrt(count * variance)).toBeLessThan(4);
    }
    for (const [beyond, probability] of [
      [1, 0.317310508],
      [3, 0.002699796],
      [3.6541528853610088, 0.000258],
    ] as const) {
      const found = numbers.reduce((sum, x) => sum + (Math.abs(x) > beyond ? 1 : 0), 0);
      const deviation = Math.sqrt(count * probability);
      expect(Math.abs(found - count * probability) / deviation).toBeLessThan(4);
    }
  });

  it('gives fair bits and numbers below a bound', () => {
    const random = stream(6, 'bits');
    const bits = new Uint8Array(100_000);
    random.fillBits(bits);
    expect(Math.abs(bits.reduce((sum, bit) => sum + bit, 0) - 50_000)).toBeLessThan(640);
    const seen = new Set(Array.from({ length: 200 }, () => random.below(7)));
    expect([...seen].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
