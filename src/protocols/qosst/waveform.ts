import Type from 'typebox';
import { HarnessError } from '#src/base/errors.ts';
import type { Settings } from '#src/contract/settings.ts';
import { largestBeatHz } from '#src/optics/waveform/pilot-search.ts';
import { usualFormat, usualPath, type WavePlan } from '#src/optics/waveform/wave-format.ts';

/** Options of a link that is simulated as a waveform; they mean nothing elsewhere. */
export const waveformOptions = {
  lineWidthHz: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1e6, description: 'Of the beat of both lasers.' }),
  ),
  beatFrequencyHz: Type.Optional(
    Type.Number({
      minimum: -largestBeatHz,
      maximum: largestBeatHz,
      description: "Alice's laser above Bob's.",
    }),
  ),
  clockOffsetPpm: Type.Optional(
    Type.Number({
      minimum: -100,
      maximum: 100,
      description: "How much slower Bob samples than Alice's converter plays.",
    }),
  ),
  converterBits: Type.Optional(
    Type.Integer({
      minimum: 2,
      maximum: 24,
      description:
        "Of Bob's converter, whose range is that of the record; unless said, it is exact.",
    }),
  ),
  pilotPhotonNumber: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1e6,
      description: 'Mean photons of each pilot, in the time of a symbol.',
    }),
  ),
} as const;

/** Symbols of the longest waveform: 5 complex samples each, and the pulses as many again. */
export const largestWaveform = 2_000_000;

/** The waveform that the options ask for. */
export function waveOf({ options }: Settings): WavePlan {
  const number = (name: keyof typeof waveformOptions, otherwise: number) => {
    const value = options[name];
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    format: {
      ...usualFormat,
      pilotPhotonNumber: number('pilotPhotonNumber', usualFormat.pilotPhotonNumber),
    },
    path: {
      lineWidthHz: number('lineWidthHz', usualPath.lineWidthHz),
      beatFrequencyHz: number('beatFrequencyHz', usualPath.beatFrequencyHz),
      clockOffsetPpm: number('clockOffsetPpm', usualPath.clockOffsetPpm),
      converterBits: number('converterBits', usualPath.converterBits),
    },
  };
}

/** Refuses options that do not go with where symbols come from. */
export function refuseUnfit({ options }: Settings): void {
  if (options['optics'] === 'waveform') {
    if (options['detector'] !== 'homodyne') return;
    const why = "detector is 'homodyne', not 'heterodyne': a waveform needs both quadratures";
    throw new HarnessError('usage', why);
  }
  const stray = Object.keys(waveformOptions).find((name) => options[name] !== undefined);
  if (stray === undefined) return;
  throw new HarnessError('usage', `${stray} is an option of optics 'waveform' alone`);
}
