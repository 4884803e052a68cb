import type { Estimate } from '../estimation.ts';
import { gaussianHolevo, keyRateOf, type KeyRate } from './gaussian.ts';
import { mutualInformation } from './mutual-information.ts';
import { outsideDomain, type LinkParameters } from './parameters.ts';

/** How many symbols there are, and how much may go wrong. */
export interface BlockSize {
  /** N: all symbols of the block. */
  readonly symbols: number;
  /** m: those that are revealed to estimate the link; the others make the key. */
  readonly revealedSymbols: number;
  /** eps of smoothing and of privacy amplification, each; 0 < eps < 1. */
  readonly failure: number;
  /** z: standard deviations that the estimates may be off; 6.467 for a failure of 1e-10. */
  readonly deviations: number;
}

/** The link as it is at worst, given what an estimate from `samples` quadratures may be off. */
export function worstCase(
  link: LinkParameters,
  samples: number,
  deviations: number,
): LinkParameters {
  const { modulationVarianceSnu, transmittance, excessNoiseSnu, detector } = link;
  const share = detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
  const noise = 1 + detector.electronicNoiseSnu;
  const variance = noise + share * transmittance * excessNoiseSnu;
  const slope =
    Math.sqrt(share * transmittance) -
    deviations * Math.sqrt(variance / (samples * modulationVarianceSnu));
  const worst = slope > 0 ? slope ** 2 / share : 0;
  const most = variance * (1 + deviations * Math.sqrt(2 / samples));
  return { ...link, transmittance: worst, excessNoiseSnu: (most - noise) / (share * worst) };
}

/** The same by an estimate, whose deviations count the calibration of the detector, too. */
export function worstSeen(
  link: LinkParameters,
  { transmittance, excessNoiseSnu }: Pick<Estimate, 'transmittance' | 'excessNoiseSnu'>,
  deviations: number,
): LinkParameters {
  const root = Math.sqrt(transmittance.value);
  const least = root - (deviations * transmittance.deviation) / (2 * root);
  const worst = least > 0 ? least ** 2 : 0;
  const most = excessNoiseSnu.value + deviations * excessNoiseSnu.deviation;
  return { ...link, transmittance: worst, excessNoiseSnu: (most * transmittance.value) / worst };
}

/**
 * Key rate of a block of finite size, bits a symbol of the whole block (Leverrier, Grosshans and
 * Grangier 2010): worst-case estimates, and what smoothing and amplification cost. Never throws.
 */
export function finiteKeyRate(link: LinkParameters, block: BlockSize): KeyRate {
  const quadratures = link.detector.kind === 'homodyne' ? 1 : 2;
  const worst = worstCase(link, quadratures * block.revealedSymbols, block.deviations);
  return finiteKeyRateAt(link, worst, { block, holevo: gaussianHolevo });
}

/** The same where it is known how the link is at worst, for any modulation's bound. */
export function finiteKeyRateAt(
  link: LinkParameters,
  worst: LinkParameters,
  { block, holevo }: { block: BlockSize; holevo: (link: LinkParameters) => number },
): KeyRate {
  const wrong = outsideDomain(link) ?? outsideBlock(block);
  if (wrong !== null) return { kind: 'none', reason: wrong, bitsPerSymbol: null };
  const doubt = outsideDomain(worst);
  if (doubt !== null) return { kind: 'none', reason: `at worst ${doubt}`, bitsPerSymbol: null };
  const { symbols, revealedSymbols, failure } = block;
  const kept = symbols - revealedSymbols;
  const cost = (smoothingBits(kept, failure) + 2 * Math.log2(1 / failure)) / kept;
  return keyRateOf(link, mutualInformation(link), holevo(worst), { cost, share: kept / symbols });
}

/** Bits that smoothing costs a key of so many symbols, whose failure is to be that small. */
export function smoothingBits(symbols: number, failure: number): number {
  return 7 * Math.sqrt(symbols * Math.log2(2 / failure));
}

function outsideBlock({ symbols, revealedSymbols, failure, deviations }: BlockSize): string | null {
  if (!(revealedSymbols > 0 && revealedSymbols < symbols)) {
    return `revealedSymbols is ${revealedSymbols}, not above 0 and below ${symbols}`;
  }
  if (!(failure > 0 && failure < 1)) return `failure is ${failure}, not above 0 and below 1`;
  return deviations >= 0 ? null : `deviations is ${deviations}, not 0 or more`;
}
