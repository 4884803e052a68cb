import { describe, expect, it } from 'vitest';
import { Oscillator } from '#src/optics/waveform/oscillator.ts';

describe('an oscillator', () => {
  it.each([
    [0.2, 0],
    [-0.43210987, 0.3],
    [1e-7, -12.25],
  ])('of %f turns a sample from %f on is where it should be after a million', (cycles, start) => {
    const oscillator = new Oscillator(cycles, start);
    let worst = 0;
    for (let at = 0; at < 1_000_000; at += 1) {
      if (at % 997 === 0) {
        const turns = (start + cycles * at) % 1;
        const [cos, sin] = [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
        worst = Math.max(worst, Math.abs(oscillator.re - cos), Math.abs(oscillator.im - sin));
      }
      oscillator.advance();
    }
    expect(worst).toBeLessThan(1e-8);
  });
});
