import type { LinkParameters } from './parameters.ts';

/** Signal to noise in one quadrature of Bob's; heterodyne detection halves the signal. */
export function signalToNoise(link: LinkParameters): number {
  const { modulationVarianceSnu, transmittance, excessNoiseSnu, detector } = link;
  const reaching = (detector.efficiency * transmittance) / (detector.kind === 'homodyne' ? 1 : 2);
  const noise = 1 + detector.electronicNoiseSnu + reaching * excessNoiseSnu;
  return (reaching * modulationVarianceSnu) / noise;
}

/** I_AB in bits a symbol, of a Gaussian channel and Gaussian symbols. */
export function mutualInformation(link: LinkParameters): number {
  const bits = Math.log1p(signalToNoise(link)) / Math.LN2;
  return link.detector.kind === 'homodyne' ? bits / 2 : bits;
}
