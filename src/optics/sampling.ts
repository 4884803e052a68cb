import type { Estimate } from './estimation.ts';
import type { Link } from './link.ts';
import type { Stream } from './random/stream.ts';

/**
 * Estimates as `samples` pairs of quadratures would give them, without any symbol: the slope is
 * normal, the residual variance chi-square (normal for so many samples).
 */
export function drawEstimate(
  link: Link & { readonly modulationVarianceSnu: number },
  {
    samples,
    calibrationSamples,
  }: { readonly samples: number; readonly calibrationSamples: number },
  source: Stream,
): Estimate {
  const { detector, transmittance, excessNoiseSnu, modulationVarianceSnu } = link;
  const share = detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
  const quiet = 1 + detector.electronicNoiseSnu;
  const noise = quiet + share * transmittance * excessNoiseSnu;
  const chance = new Float64Array(2);
  source.fillNormal(chance, 1);
  const slopeDeviation = Math.sqrt(noise / (samples * modulationVarianceSnu));
  const noiseDeviation = noise * Math.sqrt(2 / samples + 2 / calibrationSamples);
  const slope = Math.sqrt(share * transmittance) + slopeDeviation * (chance[0] ?? 0);
  const seenNoise = noise + noiseDeviation * (chance[1] ?? 0);
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
