/** What may be wrong with a link, or done to it, in words; each as the simulated optics name it. */
export const troubles: Readonly<Record<string, string>> = {
  'the fibre loses 6 dB more over the last tenth of the frame': 'loss-step:lossDb=6,share=0.1',
  'the channel is noisy for a tenth of the frame': 'noise-burst:share=0.1,excessNoiseSnu=1',
  'the phase of the local oscillator jitters by 0.5 rad': 'phase-noise:rmsRad=0.5',
  'the local oscillator has lost a tenth of its power since calibration':
    'oscillator-power:factor=0.9',
  'the polarisation is turned away': 'polarisation-angle',
  'Bob takes each symbol for its neighbour': 'index-slip',
  "Alice's converter is too small for her symbols": 'converter-overflow',
  'the photon meter reads a tenth too much': 'photon-number:overstated=0.1',
  'Eve measures and resends a hundredth of the symbols': 'intercept-resend:share=0.01',
  'Eve measures and resends a fifth of the symbols': 'intercept-resend:share=0.2',
  'Eve measures and resends every symbol': 'intercept-resend:share=1',
  "Eve hides behind the saturation of Bob's detector": 'saturation',
  'Eve blinds the detector with light of her own': 'blinding',
};

/** A short frame: 60,000 symbols are revealed, the others make two blocks. Chance is always the same. */
export const shortFrame = {
  optics: 'simulated',
  opticsSeed: 1,
  frameSymbols: 76_500,
  revealedSymbols: 60_000,
  calibrationSamples: 400_000,
  excessNoiseSnu: 0.025,
} as const;

/** The same as a waveform; by its first chance so short a frame seems to have no excess noise. */
export const shortWaveform = { optics: 'waveform', opticsSeed: 2 } as const;

/** What the link of a scenario is, and what becomes of a frame over it. */
export interface LinkStory {
  readonly options: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly pinned: Readonly<Record<string, string>>;
}

/** 5 km, nothing is wrong with it. */
export const soundLink: LinkStory = { options: shortFrame, faults: [], pinned: {} };
