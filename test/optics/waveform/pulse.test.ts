import { describe, expect, it } from 'vitest';
import { complex } from '#src/base/fourier.ts';
import { matchedFilter } from '#src/optics/waveform/matched-filter.ts';
import {
  placesPerSample,
  placesPerSymbol,
  pulseBank,
  reach,
  rootRaisedCosine,
} from '#src/optics/waveform/pulse.ts';
import { samplesPerSymbol } from '#src/optics/waveform/wave-format.ts';

describe('the root-raised-cosine pulse', () => {
  it.each([0.3, 0.5, 1])('has an energy of 1, at the rate of a converter, too: %f', (rollOff) => {
    const { width, taps } = pulseBank(rollOff, placesPerSample);
    for (let row = 0; row < placesPerSample; row += 7) {
      const pulse = taps.slice(row * width, (row + 1) * width);
      expect(pulse.reduce((sum, tap) => sum + tap * tap, 0)).toBeCloseTo(1, 4);
    }
  });

  it('goes smoothly through the places where its formula divides by 0', () => {
    for (const rollOff of [0.3, 0.5]) {
      for (const pole of [0, 1 / (4 * rollOff), -1 / (4 * rollOff)]) {
        const beside =
          rootRaisedCosine(pole + 1e-5, rollOff) + rootRaisedCosine(pole - 1e-5, rollOff);
        expect(rootRaisedCosine(pole, rollOff)).toBeCloseTo(beside / 2, 8);
      }
    }
  });

  it('and its matched filter leave a symbol to itself: no neighbour above -60 dB', () => {
    for (const place of [0, 0.25, 0.5]) expect(worstNeighbour(0.5, 0.5, place)).toBeLessThan(1e-3);
  });

  it('does not, where the filter has another roll-off', () => {
    expect(worstNeighbour(0.5, 1, 0)).toBeGreaterThan(0.01);
  });

  it('does not, where it is sampled a tenth of a symbol beside its middle', () => {
    const beside = heard(0.5, 0.5, 0, 0.1 * samplesPerSymbol);
    expect(Math.max(...beside.slice(1).map(Math.abs))).toBeGreaterThan(0.05);
  });
});

function worstNeighbour(sent: number, expected: number, place: number): number {
  const [own = 0, ...others] = heard(sent, expected, place, 0);
  expect(own).toBeCloseTo(1, 1);
  return Math.max(...others.map(Math.abs));
}

/** One pulse of 1 through the filter: its own symbol, then the next ones. */
function heard(sent: number, expected: number, place: number, beside: number): readonly number[] {
  const { width, taps } = pulseBank(sent, placesPerSymbol);
  const samples = complex(3 * reach * samplesPerSymbol);
  const middle = reach * samplesPerSymbol + place;
  samples.re.forEach((_, at) => {
    const off = Math.round(((at - middle) / samplesPerSymbol) * placesPerSymbol);
    const symbol = Math.floor(off / placesPerSymbol);
    const tap = width / 2 - 1 - symbol;
    const row = off - symbol * placesPerSymbol;
    if (tap >= 0 && tap < width) samples.re[at] = taps[row * width + tap] ?? 0;
  });
  return [...matchedFilter(expected).at(samples, middle + beside, samplesPerSymbol, 12).re];
}
