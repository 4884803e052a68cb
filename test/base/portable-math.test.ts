import { describe, expect, it } from 'vitest';
import { angle, exponential, logarithm, turn } from '#src/base/portable-math.ts';

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

  it('have the angle of a point to 1e-15, and turn by it', () => {
    for (let told = -3.14; told < 3.14; told += 0.013) {
      const [x, y] = [3 * Math.cos(told), 3 * Math.sin(told)];
      expect(Math.abs(angle(x, y) - Math.atan2(y, x))).toBeLessThan(1e-15);
      expect(turn(angle(x, y))[0]).toBeCloseTo(x / 3, 14);
    }
    expect([angle(0, 0), angle(1, 0), angle(0, -2)]).toEqual([0, 0, -Math.PI / 2]);
    expect(angle(-1, 0)).toBe(Math.PI);
  });
});
