/** Symbols as two equally long lists: real and imaginary parts, in the emitter's units. */
export interface Symbols {
  readonly real: readonly number[];
  readonly imag: readonly number[];
}

/** What Alice's hardware does, named as a device has it. */
export interface Transmitter {
  /**
   * Makes the symbols of the frame of this name ready to be emitted; `overflow`: the DAC cannot play
   * them.
   */
  prepare(frame: string): Promise<'ready' | 'overflow'>;
  emit(): Promise<void>;
  stop(): Promise<void>;
  /** The classical signal for polarisation recovery. */
  shine(on: boolean): Promise<void>;
  /** Symbols of the frame in hand. */
  readonly frameSymbols: number;
  /** The emitted symbols at these indices; `null` where one is not in 0 … `frameSymbols` - 1. */
  symbolsAt(indices: readonly number[]): Symbols | null;
  /** Mean photon number per symbol, as the photon meter read it. */
  readonly photonNumberMean: number;
}

/** What Bob's hardware does, and what his signal processing makes of it. */
export interface Receiver {
  /** Makes ready for the frame of this name. */
  arm(frame: string): Promise<void>;
  trigger(): Promise<void>;
  acquire(): Promise<void>;
  /** Turns the polarisation controller to the best position. */
  alignPolarisation(): Promise<void>;
  /** Symbols that Bob found in what he acquired. */
  readonly frameSymbols: number;
  /** Estimates from the symbols that Alice revealed; noise in shot-noise units. */
  estimate(indices: readonly number[], revealed: Symbols, photonNumberMean: number): Estimates;
}

export interface Estimates {
  readonly transmittance: number;
  readonly excessNoiseSnu: number;
  readonly electronicNoiseSnu: number;
  readonly detectorEfficiency: number;
  /** Secret bits a second; 0 where there is no key. */
  readonly keyRate: number;
  /** Why there is no key; `null`: there is one. */
  readonly reason: string | null;
}
