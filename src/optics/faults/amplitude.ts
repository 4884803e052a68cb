import type { Quadratures } from '../quadratures.ts';
import { turn } from '#src/base/portable-math.ts';
import type { Fault, Signature } from './fault.ts';

type Link = Parameters<Fault['signature']>[0];

/** Scales the light of symbol `at` by a real factor, in place. */
export function scale({ x, p }: Quadratures, factor: (at: number) => number): void {
  for (let at = 0; at < x.length; at += 1) {
    const by = factor(at);
    x[at] = by * (x[at] ?? 0);
    p[at] = by * (p[at] ?? 0);
  }
}

/** Turns the light of symbol `at` by an angle in radians, in place. */
export function rotate({ x, p }: Quadratures, angle: (at: number) => number): void {
  for (let at = 0; at < x.length; at += 1) {
    const [cos, sin] = turn(angle(at));
    const real = x[at] ?? 0;
    const imag = p[at] ?? 0;
    x[at] = cos * real - sin * imag;
    p[at] = sin * real + cos * imag;
  }
}

/**
 * What is estimated where the amplitude is scaled by a factor that varies: by its mean and its mean
 * square, with the excess noise at Bob's end left as it is.
 */
export function varying(link: Link, mean: number, meanSquare: number): Signature {
  const { modulationVarianceSnu, excessNoiseSnu, transmittance } = link;
  return {
    transmittance: transmittance * mean ** 2,
    excessNoiseSnu:
      (meanSquare * modulationVarianceSnu + excessNoiseSnu) / mean ** 2 - modulationVarianceSnu,
  };
}

/** The same with a larger excess noise alone, at the channel's input. */
export function noisier(link: Link, addedSnu: number): Signature {
  return { transmittance: link.transmittance, excessNoiseSnu: link.excessNoiseSnu + addedSnu };
}

/** Share of the light's power that reaches one quadrature of Bob's. */
export function detectedShare({ detector }: Link): number {
  return detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
}
