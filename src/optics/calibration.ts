import type { Stream } from './random/stream.ts';

/** What Bob measured of his own detector, in the units of his converter. */
export interface Calibration {
  /** N_0: variance of one quadrature of the vacuum, without the electronics. */
  readonly shotNoise: number;
  /** V_el: variance of the electronics, divided by the shot noise. */
  readonly electronicNoiseSnu: number;
  /** k_c: quadratures measured for each of the two; `Infinity`: known exactly. */
  readonly samples: number;
}

/** A detector whose noise is known exactly, in shot-noise units. */
export function exactCalibration(electronicNoiseSnu: number): Calibration {
  return { shotNoise: 1, electronicNoiseSnu, samples: Infinity };
}

/**
 * Measures with the local oscillator on and the signal off, then with both off: N_0 is the
 * difference of the variances.
 */
export function measureCalibration(
  electronicNoiseSnu: number,
  samples: number,
  source: Stream,
): Calibration {
  const seen = (power: number) => variance(drawn(power, samples, source));
  return calibratedBy(seen, electronicNoiseSnu, samples);
}

/** The same, where noise of some variance is seen with another one, which `samples` have told. */
export function calibratedBy(
  seen: (variance: number) => number,
  electronicNoiseSnu: number,
  samples: number,
): Calibration {
  const on = seen(1 + electronicNoiseSnu);
  const off = seen(electronicNoiseSnu);
  const shotNoise = on - off;
  return { shotNoise, electronicNoiseSnu: off / shotNoise, samples };
}

function drawn(power: number, samples: number, source: Stream): Float64Array {
  const noise = new Float64Array(samples);
  source.fillNormal(noise, Math.sqrt(power));
  return noise;
}

function variance(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    sum += value * value;
  }
  return sum / values.length;
}
