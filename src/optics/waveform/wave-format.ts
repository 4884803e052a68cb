/** What both ends know of a frame's waveform before it is sent. Frequencies of Alice's converter. */
export interface WaveFormat {
  readonly sampleRateHz: number;
  /** Roll-off of the root-raised-cosine pulse; 0 < rollOff ≤ 1. */
  readonly rollOff: number;
  /** Middle of the band of the symbols. */
  readonly shiftHz: number;
  /** Two tones above that band; Bob knows the first by the second, which is higher. */
  readonly pilotsHz: readonly [low: number, high: number];
  /** Mean photons of each tone, in the time of a symbol. */
  readonly pilotPhotonNumber: number;
  readonly preamble: ZadoffChuSize;
  /** Mean photons of a symbol of the preamble. */
  readonly preamblePhotonNumber: number;
  /** Dark symbols between preamble and frame: none of the preamble's light reaches the frame. */
  readonly gapSymbols: number;
  /** Samples over which Bob averages a tone, to follow its phase. */
  readonly pilotWindowSamples: number;
}

/** A Zadoff–Chu sequence: its root has no divisor in common with its odd length. */
export interface ZadoffChuSize {
  readonly root: number;
  readonly length: number;
}

/** What light, clocks and Bob's converter do on the way. */
export interface WavePath {
  /** Of the beat of both lasers, whose phase walks at random. */
  readonly lineWidthHz: number;
  /** Alice's laser above Bob's. */
  readonly beatFrequencyHz: number;
  /** How much slower Bob samples than Alice's converter plays, in millionths. */
  readonly clockOffsetPpm: number;
  /** Of Bob's converter; `Infinity`: it is exact. */
  readonly converterBits: number;
}

/** A waveform, and what becomes of it. */
export interface WavePlan {
  readonly format: WaveFormat;
  readonly path: WavePath;
}

/** Samples that the time of a symbol takes, at both converters. */
export const samplesPerSymbol = 5;

/**
 * QOSST's defaults, as far as they are defined at 5 samples a symbol: roll-off, shift, pilots, root
 * and length of the sequence, rate of Alice's converter. @see protocols/optics.md, section 3.
 */
export const usualFormat: WaveFormat = {
  sampleRateHz: 500e6,
  rollOff: 0.5,
  shiftHz: 100e6,
  pilotsHz: [200e6, 220e6],
  pilotPhotonNumber: 100,
  preamble: { root: 5, length: 3989 },
  preamblePhotonNumber: 1000,
  gapSymbols: 64,
  pilotWindowSamples: 400,
};

/** Two quiet lasers some megahertz apart, two quartz clocks, and a converter without steps. */
export const usualPath: WavePath = {
  lineWidthHz: 200,
  beatFrequencyHz: 3e6,
  clockOffsetPpm: 2,
  converterBits: Infinity,
};

/** Cycles of this frequency in the time of a sample. */
export function cycles({ sampleRateHz }: WaveFormat, hertz: number): number {
  return hertz / sampleRateHz;
}

/** Index of the frame's first symbol, counted from the preamble's. */
export function firstSymbol({ preamble, gapSymbols }: WaveFormat): number {
  return preamble.length + gapSymbols;
}
