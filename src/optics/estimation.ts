import type { Calibration } from './calibration.ts';
import type { Detector } from './key-rate/parameters.ts';
import { parts, type Quadratures } from './quadratures.ts';

/** A number with its standard deviation. */
export interface Measured {
  readonly value: number;
  readonly deviation: number;
}

/** What Bob finds of the link from the symbols that Alice revealed. */
export interface Estimate {
  /** T of the channel, the detector's efficiency taken out. */
  readonly transmittance: Measured;
  /** xi at the channel's input; may be negative by chance or by a fault. */
  readonly excessNoiseSnu: Measured;
  /** V_A as the revealed symbols have it. */
  readonly modulationVarianceSnu: number;
  /** Residual variance, in shot-noise units. */
  readonly noiseVarianceSnu: number;
  /** Quadratures that were compared. */
  readonly samples: number;
}

/**
 * Least squares over pairs of quadratures: g = Σxy / Σx², s² = mean (y - gx)², with a constant
 * offset of the converter taken out. Both frames hold the same symbols in the same order;
 * `received` in the converter's units. At least 3 symbols.
 */
export function estimateLink(
  sent: Quadratures,
  received: Quadratures,
  { detector, calibration }: EstimateOptions,
): Estimate {
  const scale = 1 / Math.sqrt(calibration.shotNoise);
  const sums = correlated(sent, received);
  const slope = (scale * sums.product) / sums.power;
  const noise =
    (scale ** 2 * sums.received - 2 * slope * scale * sums.product + slope ** 2 * sums.power) /
    sums.count;
  const share = detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
  const transmittance = slope ** 2 / share;
  const perInput = 1 / (share * transmittance);
  const variance = sums.power / sums.count;
  const slopeDeviation = Math.sqrt(noise / (sums.count * variance));
  const noiseDeviation = noise * Math.sqrt(2 / sums.count + 2 / calibration.samples);
  return {
    transmittance: {
      value: transmittance,
      deviation: (2 * Math.abs(slope) * slopeDeviation) / share,
    },
    excessNoiseSnu: {
      value: (noise - 1 - calibration.electronicNoiseSnu) * perInput,
      deviation: noiseDeviation * perInput,
    },
    modulationVarianceSnu: variance,
    noiseVarianceSnu: noise,
    samples: sums.count,
  };
}

export interface EstimateOptions {
  readonly detector: Pick<Detector, 'kind' | 'efficiency'>;
  readonly calibration: Calibration;
}

function correlated(sent: Quadratures, received: Quadratures) {
  const sums = { product: 0, power: 0, received: 0, count: 0 };
  parts(received).forEach((seen, index) => {
    const given = index === 0 ? sent.x : sent.p;
    let product = 0;
    let power = 0;
    let square = 0;
    let mean = 0;
    let offset = 0;
    for (let at = 0; at < seen.length; at += 1) {
      const x = given[at] ?? 0;
      const y = seen[at] ?? 0;
      product += x * y;
      power += x * x;
      square += y * y;
      mean += x;
      offset += y;
    }
    sums.product += product - (mean * offset) / seen.length;
    sums.power += power - mean ** 2 / seen.length;
    sums.received += square - offset ** 2 / seen.length;
    sums.count += seen.length;
  });
  return sums;
}
