import type { Fault } from './faults/fault.ts';
import { fibreTransmittance, type Link } from './link.ts';
import type { Modulation } from './modulation/modulation.ts';
import { usualFormat, usualPath, type WavePlan } from './waveform/wave-format.ts';

/**
 * Whose excess noise Bob reports: xi at the channel's input, or the noise behind his detector over
 * eta T, which for heterodyne detection is half of it and lets the key rate look better than it is.
 */
export type ExcessNoiseConvention = 'channel' | 'detector';

/**
 * What a key counts as secret by: the estimates as they are, for blocks without end; or the
 * estimates at worst, and what a block of this size costs beside.
 */
export type Security = 'asymptotic' | 'finite-size';

/** eps of estimation, smoothing and privacy amplification, each. */
export const failure = 1e-10;

/** Standard deviations that an estimate exceeds with that chance. */
export const deviations = 6.467;

/** A simulated link between one Alice and one Bob, and what is done to it. */
export interface LinkPlan {
  /** Both ends draw from it: light is what they share. */
  readonly seed: number;
  readonly frameSymbols: number;
  /** Symbols of a frame that Alice reveals, so that the link is estimated. */
  readonly revealedSymbols: number;
  readonly modulation: Modulation;
  /** V_A, shot-noise units per quadrature. */
  readonly modulationVarianceSnu: number;
  readonly link: Link;
  readonly faults: readonly Fault[];
  /** Quadratures measured to calibrate the detector; `Infinity`: it is known exactly. */
  readonly calibrationSamples: number;
  readonly symbolRateBaud: number;
  readonly reconciliationEfficiency: number;
  readonly convention: ExcessNoiseConvention;
  readonly security: Security;
  /**
   * `oracle`: estimates are drawn from their sampling distribution, as so many revealed symbols would
   * give them; what Alice reveals stands for itself, and no key can be made. `symbols`: each is sent.
   * `waveform`: as pulses between two converters, found again by signal processing.
   */
  readonly fidelity: 'oracle' | 'symbols' | 'waveform';
  /** What a waveform is like; for the others it says nothing. */
  readonly wave: WavePlan;
}

/**
 * The golden link: 5 km, xi 0.03, and a variance that lets a rate-0.1 code work at beta 0.85.
 * @see protocols/optics.md, section 4.3.
 */
export const goldenLink: Omit<LinkPlan, 'seed' | 'frameSymbols' | 'revealedSymbols'> = {
  modulation: { kind: 'gaussian' },
  modulationVarianceSnu: 0.674,
  link: {
    transmittance: fibreTransmittance(5),
    excessNoiseSnu: 0.03,
    detector: { kind: 'heterodyne', trust: 'trusted', efficiency: 0.7, electronicNoiseSnu: 0.05 },
  },
  faults: [],
  calibrationSamples: 2_000_000,
  symbolRateBaud: 100e6,
  reconciliationEfficiency: 0.85,
  convention: 'channel',
  security: 'asymptotic',
  fidelity: 'symbols',
  wave: { format: usualFormat, path: usualPath },
};
