import { describe, expect, it } from 'vitest';
import { largestBeatHz } from '#src/optics/waveform/pilot-search.ts';
import { frameOver } from './frame.ts';

describe('signal processing of a waveform without noise', () => {
  it('gives the symbols back: all of each, and 1/5000 of its power besides', () => {
    const { gain, error } = frameOver({});
    expect(gain).toBeCloseTo(1, 3);
    expect(error).toBeLessThan(2e-4);
  });

  it.each([0, 1, 2, 17, 1999, 2345])('finds a preamble %i samples late, exactly', (late) => {
    const { preambleAt, gain } = frameOver({ symbols: 1000, delaySamples: 500 + late });
    expect(Math.round(preambleAt)).toBe(500 + late);
    expect(Math.abs(preambleAt - 500 - late)).toBeLessThan(0.01);
    expect(gain).toBeCloseTo(1, 2);
  });

  it.each([0.1, 0.25, 0.5, 0.9])('finds one %f samples late to a fiftieth of one', (late) => {
    const { late: off, gain } = frameOver({ symbols: 1000, delaySamples: 2000 + late });
    expect(Math.abs(off)).toBeLessThan(0.02);
    expect(gain).toBeCloseTo(1, 2);
  });

  it.each([-largestBeatHz, -7_654_321, -1, 0, 12, 3e6, largestBeatHz])(
    'finds the beat of the lasers, %i Hz, to 2 Hz',
    (beatFrequencyHz) => {
      const found = frameOver({ path: { beatFrequencyHz } });
      expect(Math.abs(found.beatFrequencyHz - beatFrequencyHz)).toBeLessThan(2);
      expect(found.gain).toBeCloseTo(1, 3);
      expect(found.error).toBeLessThan(2e-4);
    },
  );

  it.each([-100, -1, 0.5, 20, 100])('finds a clock %f ppm slower to 0.02 ppm', (clockOffsetPpm) => {
    const found = frameOver({ path: { clockOffsetPpm } });
    expect(Math.abs(1e6 * found.clockOffset - clockOffsetPpm)).toBeLessThan(0.02);
    expect(found.gain).toBeCloseTo(1, 3);
    expect(found.error).toBeLessThan(2e-4);
  });

  it('keeps in step with that clock to the end of a long frame', () => {
    const { gain, error } = frameOver({ symbols: 200_000, path: { clockOffsetPpm: 50 } });
    expect(gain).toBeCloseTo(1, 3);
    expect(error).toBeLessThan(2e-4);
  });

  it('finds the shortest frame, too', () => {
    expect(frameOver({ symbols: 4 }).error).toBeLessThan(1e-3);
  });
});

describe('signal processing of noisy light', () => {
  const noise = 1.05;

  it.each([1, 300, 12_345, 2 ** 20])('finds beat, clock and preamble, case %i', (salt) => {
    const path = { beatFrequencyHz: (salt * 7919) % 2e7, clockOffsetPpm: (salt % 100) - 50 };
    const found = frameOver({ noise, path, delaySamples: 1000 + (salt % 1000) + 0.4 });
    expect(Math.abs(found.late)).toBeLessThan(0.05);
    expect(Math.abs(found.beatFrequencyHz - path.beatFrequencyHz)).toBeLessThan(50);
    expect(Math.abs(1e6 * found.clockOffset - path.clockOffsetPpm)).toBeLessThan(0.2);
    expect(found.gain).toBeCloseTo(1, 1);
    expect(Math.abs(found.error - noise) / noise).toBeLessThan(4 * Math.sqrt(1 / 20_000));
  });

  it('follows lasers whose phase walks through many turns', () => {
    const { gain, error } = frameOver({ path: { lineWidthHz: 100_000 }, symbols: 50_000 });
    expect(gain).toBeGreaterThan(0.95);
    expect(error).toBeLessThan(0.3);
  });

  it('leaves the more phase noise the wider their line is', () => {
    const errors = [0, 1000, 10_000, 100_000].map(
      (lineWidthHz) => frameOver({ path: { lineWidthHz } }).error,
    );
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    const [none = 0, narrow = 0, wide = 0] = errors;
    expect(narrow).toBeGreaterThan(3 * none);
    expect((wide - none) / (narrow - none)).toBeGreaterThan(6);
    expect((wide - none) / (narrow - none)).toBeLessThan(15);
  });

  it.each([
    ['faint pilots', { pilotPhotonNumber: 0.003 }],
    ['no pilots', { pilotPhotonNumber: 0 }],
    ['no preamble', { preamblePhotonNumber: 0 }],
  ])('loses symbols with %s', (_, sent) => {
    expect(frameOver({ noise, sent }).gain).toBeLessThan(0.9);
  });
});

describe('signal processing with another format than that sent', () => {
  it('finds nothing with another root of the preamble', () => {
    const { gain } = frameOver({ believed: { preamble: { root: 7, length: 3989 } } });
    expect(gain).toBeLessThan(0.1);
  });

  it('finds symbols smeared with another roll-off', () => {
    const { gain, error } = frameOver({ believed: { rollOff: 1 } });
    expect(gain).toBeGreaterThan(0.9);
    expect(error).toBeGreaterThan(1e-3);
  });

  it('finds a clock that is not so with other pilots', () => {
    const { clockOffset, gain } = frameOver({ believed: { pilotsHz: [200e6, 219.9e6] } });
    expect(Math.abs(clockOffset)).toBeGreaterThan(1e-3);
    expect(gain).toBeLessThan(0.1);
  });
});
