import { describe, expect, it } from 'vitest';
import { digitise } from '#src/optics/waveform/digitise.ts';

describe('a converter', () => {
  it('of 3 bits knows 4 steps each way, as far as the largest sample', () => {
    const samples = {
      re: Float64Array.of(4, 0.4, -0.6, 2.2),
      im: Float64Array.of(-3.9, 0, 1, 0.5),
    };
    digitise(samples, 3);
    expect([...samples.re]).toEqual([4, 0, -1, 2]);
    expect([...samples.im].map(Math.abs)).toEqual([4, 0, 1, 1]);
  });

  it('leaves darkness dark', () => {
    const samples = { re: new Float64Array(2), im: new Float64Array(2) };
    digitise(samples, 8);
    expect([...samples.re, ...samples.im]).toEqual([0, 0, 0, 0]);
  });
});
