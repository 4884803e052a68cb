import { describe, expect, it } from 'vitest';
import { exponential, logarithm } from '#src/base/portable-math.ts';

describe('portable functions', () => {
  it('have the exponential to 1e-15', () => {
    for (let x = -699; x < 700; x += 0.37) {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    }
    expect(exponential(0)).toBe(1);
    expect(exponential(Infinity)).toBe(exponential(700));
  });

  it('have the logarithm to 1e-15', () => {
    for (let x = 1e-9; x < 1e9; x *= 1.37) {
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(
        1e-15 * (1 + Math.abs(Math.log(x))),
      );
    }
    expect(logarithm(1)).toBe(0);
  });
});
