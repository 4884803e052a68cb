import type { Estimate } from './estimation.ts';
import type { Link } from './link.ts';
import type { Stream } from './random/stream.ts';

/**
 * Estimates as `samples` pairs of quadratures would give them, without any symbol: the slope is
 * normal, the residual variance chi-square (normal for so many samples).
 */
export function drawEstimate(link: ModulatedLink, sizes: Sizes, source: Stream): Estimate {
  const chance = new Float64Array(2);
  source.fillNormal(chance, 1);
  return estimateAt(link, sizes, [chance[0] ?? 0, chance[1] ?? 0]);
}

/** What is estimated on the mean, with its deviations: the link as it is. */
export function meanEstimate(link: ModulatedLink, sizes: Sizes): Estimate {
  return estimateAt(link, sizes, [0, 0]);
}

type ModulatedLink = Link & { readonly modulationVarianceSnu: number };

/** Quadratures that are compared, and those that the detector was calibrated with. */
interface Sizes {
  readonly samples: number;
  readonly calibrationSamples: number;
}

/** An estimate whose slope and whose noise are so many standard deviations off. */
function estimateAt(
  link: ModulatedLink,
  { samples, calibrationSamples }: Sizes,
  [ofSlope, ofNoise]: readonly [number, number],
): Estimate {
  const { detector, transmittance, excessNoiseSnu, modulationVarianceSnu } = link;
  const share = detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
  const quiet = 1 + detector.electronicNoiseSnu;
  const noise = quiet + share * transmittance * excessNoiseSnu;
  const slopeDeviation = Math.sqrt(noise / (samples * modulationVarianceSnu));
  const noiseDeviation = noise * Math.sqrt(2 / samples + 2 / calibrationSamples);
  const slope = Math.sqrt(share * transmittance) + slopeDeviation * ofSlope;
  const seenNoise = noise + noiseDeviation * ofNoise;
  const seen = slope ** 2 / share;
  return {
    transmittance: { value: seen, deviation: (2 * Math.abs(slope) * slopeDeviation) / share },
    excessNoiseSnu: {
      value: (seenNoise - quiet) / (share * seen),
      deviation: noiseDeviation / (share * seen),
    },
    modulationVarianceSnu,
    noiseVarianceSnu: seenNoise,
    samples,
  };
}
