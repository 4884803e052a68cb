import type { Link } from '../link.ts';
import type { Quadratures } from '../quadratures.ts';
import type { Stream } from '../random/stream.ts';

/** What a fault may look at. */
export interface FaultScene {
  readonly link: Link;
  readonly sent: Quadratures;
  readonly source: Stream;
}

/** Something that the optics does wrong, or that somebody does to it, on purpose. */
export interface Fault {
  /** Its name as a user writes it, in kebab-case. */
  readonly name: string;
  /** The numbers that it was made with, by their names. */
  readonly values: Readonly<Record<string, number>>;
  /** Changes the light of a frame on its way, in place, before vacuum noise. */
  onLight?(light: Quadratures, scene: FaultScene): void;
  /** Changes Bob's samples in place. */
  onSamples?(samples: Quadratures, scene: FaultScene): void;
  /**
   * What Bob's signal processing finds wrong. Where there is a waveform to process this alone acts;
   * elsewhere `onLight` and `onSamples` stand for what comes of it.
   */
  readonly misfound?: Misfound;
  /** Power of the local oscillator, as a factor of what it was at calibration. */
  readonly oscillatorPower?: number;
  /** Noise of the electronics since calibration, added to V_el. */
  readonly electronicNoiseSnu?: number;
  /** What the photon meter reads, as a factor of what is there. */
  readonly photonNumberFactor?: number;
  /** Range of Alice's converter, in standard deviations of her symbols. */
  readonly converterSigmas?: number;
  /** Whether aligning the polarisation heals it. */
  readonly isPolarisation?: boolean;
  /** The numbers that Bob then estimates, on average; `null`: no formula. */
  signature(link: Link & { readonly modulationVarianceSnu: number }): Signature | null;
}

/** Errors of signal processing; what is left out is found right. */
export interface Misfound {
  /** Symbols are looked for so much too late, in symbols. */
  readonly lateSymbols?: number;
  /** All symbols are left turned by this angle. */
  readonly angleRad?: number;
  /** The beat is found wrong: so many turns are left in each subframe, of so many symbols. */
  readonly residue?: { readonly turns: number; readonly subframe: number };
}

/** T and xi as parameter estimation sees them. */
export interface Signature {
  readonly transmittance: number;
  readonly excessNoiseSnu: number;
}
