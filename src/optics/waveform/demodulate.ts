import type { Complex } from '#src/base/fourier.ts';
import type { Misfound } from '../faults/fault.ts';
import type { Quadratures } from '../quadratures.ts';
import { matchedFilter } from './matched-filter.ts';
import { lowerPilot } from './pilot-search.ts';
import { leaveTurning } from './leave-turning.ts';
import { brightest } from './preamble-place.ts';
import { synchronise } from './synchronise.ts';
import { toBaseband } from './to-baseband.ts';
import { relative, toneBlocks, turnsPerEntry } from './tone-track.ts';
import { cycles, firstSymbol, samplesPerSymbol, type WaveFormat } from './wave-format.ts';
import { zadoffChu } from './zadoff-chu.ts';

/** What Bob's signal processing found in his samples. */
export interface Demodulated {
  /** The symbols but for one angle for all, which symbols that Alice reveals will tell. */
  readonly symbols: Quadratures;
  /** Place of the preamble's first symbol in his samples. */
  readonly preambleAt: number;
  /** Alice's laser above his, on the mean. */
  readonly beatFrequencyHz: number;
  /** How much slower he samples than Alice's converter plays, less 1. */
  readonly clockOffset: number;
}

/** What the processing goes by, and what it does wrong. */
export interface Processing {
  readonly format: WaveFormat;
  readonly misfound?: readonly Misfound[];
}

/** How far, in samples, the first look at the preamble may be off. */
const margin = 1000;

/**
 * Finds the symbols of a frame in Bob's samples, which it overwrites: preamble by its power, pilots
 * in the spectrum, the clock by their distance, phase from the lower one, the preamble once more by
 * its correlation, then each symbol through the matched filter. Where nothing is to be found it
 * finds noise.
 */
export function demodulate(
  samples: Complex,
  frameSymbols: number,
  { format, misfound = [] }: Processing,
): Demodulated {
  const { preamble, pilotsHz, shiftHz } = format;
  const first = firstSymbol(format);
  const about = brightest(samples, preamble.length * samplesPerSymbol);
  const coarse = lowerPilot(samples, about, format);
  const stretch = {
    from: about,
    to: Math.min(samples.re.length, about + (first + frameSymbols) * samplesPerSymbol),
  };
  const { pilot, clockOffset } = carrierIn(samples, stretch, coarse, format);
  const [low] = pilotsHz;
  toBaseband(samples, {
    pilot,
    below: cycles(format, low - shiftHz) * (1 + clockOffset),
    window: format.pilotWindowSamples,
  });
  const filter = matchedFilter(format.rollOff);
  const rate = 1 / (1 + clockOffset);
  const known = zadoffChu(preamble);
  const preambleAt = synchronise(samples, { preamble: known, filter, about, margin, rate });
  const step = samplesPerSymbol * rate;
  for (const { residue } of misfound) {
    if (residue !== undefined) leaveTurning(samples, residue, { from: preambleAt, step, first });
  }
  const late = misfound.reduce((sum, { lateSymbols = 0 }) => sum + lateSymbols, 0);
  const start = preambleAt + (first + late) * step;
  const { re, im } = filter.at(samples, start, step, frameSymbols);
  const beatFrequencyHz = pilot * rate * format.sampleRateHz - low;
  return { symbols: { x: re, p: im }, preambleAt, beatFrequencyHz, clockOffset };
}

/** The lower pilot, in cycles of Bob's samples, and his clock against Alice's. */
function carrierIn(
  samples: Complex,
  stretch: { readonly from: number; readonly to: number },
  coarse: number,
  format: WaveFormat,
) {
  const [lowHz, highHz] = format.pilotsHz;
  const spacing = cycles(format, highHz - lowHz);
  const block = format.pilotWindowSamples;
  const low = toneBlocks(samples, stretch, { tone: coarse, block });
  const high = toneBlocks(samples, stretch, { tone: coarse + spacing, block });
  return {
    pilot: coarse + turnsPerEntry(low) / block,
    clockOffset: turnsPerEntry(relative(high, low)) / (block * spacing),
  };
}
