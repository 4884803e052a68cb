import { holevoBound, type Covariance } from './holevo.ts';
import { mutualInformation } from './mutual-information.ts';
import { outsideDomain, type LinkParameters } from './parameters.ts';

/** What a link gives: secret bits a symbol, or none, and why. */
export type KeyRate =
  | {
      readonly kind: 'rate';
      /** beta I_AB - chi_BE, above 0. */
      readonly bitsPerSymbol: number;
      readonly mutualInformationBits: number;
      readonly holevoBits: number;
    }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** The same difference where the parameters make sense, 0 or less. */
      readonly bitsPerSymbol: number | null;
    };

/**
 * Asymptotic key rate of Gaussian modulation with reverse reconciliation (Devetak-Winter). Never
 * throws: parameters that make no sense give no key.
 */
export function gaussianKeyRate(link: LinkParameters): KeyRate {
  const wrong = outsideDomain(link);
  if (wrong !== null) return { kind: 'none', reason: wrong, bitsPerSymbol: null };
  return keyRateOf(link, mutualInformation(link), gaussianHolevo(link));
}

/** chi_BE of Gaussian modulation, bits a symbol; the parameters must make sense. */
export function gaussianHolevo(link: LinkParameters): number {
  return holevoBound(gaussianCovariance(link), link.detector);
}

/** The key rate that these two amounts leave, of `share` of the symbols, each at this `cost`. */
export function keyRateOf(
  link: LinkParameters,
  information: number,
  holevo: number,
  { cost, share } = { cost: 0, share: 1 },
): KeyRate {
  const bitsPerSymbol = share * (link.reconciliationEfficiency * information - holevo - cost);
  if (!(bitsPerSymbol > 0)) {
    return { kind: 'none', reason: 'Eve may know as much as Alice', bitsPerSymbol };
  }
  return { kind: 'rate', bitsPerSymbol, mutualInformationBits: information, holevoBits: holevo };
}

function gaussianCovariance(link: LinkParameters): Covariance {
  const { modulationVarianceSnu: modulated, transmittance, excessNoiseSnu } = link;
  const alice = modulated + 1;
  return {
    alice,
    bob: transmittance * (modulated + excessNoiseSnu) + 1,
    correlation: Math.sqrt(transmittance * modulated * (modulated + 2)),
    determinant: 1 + modulated * (1 - transmittance) + transmittance * alice * excessNoiseSnu,
  };
}
