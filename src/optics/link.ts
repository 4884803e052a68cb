import type { Detector } from './key-rate/parameters.ts';
import type { Fault, FaultScene } from './faults/fault.ts';
import type { Quadratures } from './quadratures.ts';
import { parts, quadratures } from './quadratures.ts';
import type { Stream } from './random/stream.ts';

/** The fibre and Bob's detector, as they really are. */
export interface Link {
  /** T of the channel alone; 0 < T ≤ 1. */
  readonly transmittance: number;
  /** xi at the channel's input; ≥ 0. */
  readonly excessNoiseSnu: number;
  readonly detector: Detector;
}

/** Streams of chance that a frame draws from, one a purpose. */
export interface LinkStreams {
  readonly noise: Stream;
  readonly faults: Stream;
}

/** Transmittance of a fibre of this length, with 0.2 dB/km unless said. */
export function fibreTransmittance(distanceKm: number, lossDbPerKm = 0.2): number {
  return 10 ** ((-distanceKm * lossDbPerKm) / 10);
}

/** Kilometres of fibre with this transmittance; below 0 where it is above 1. */
export function fibreLengthKm(transmittance: number, lossDbPerKm = 0.2): number {
  return (-10 * Math.log10(transmittance)) / lossDbPerKm;
}

/**
 * Sends a frame over the link and detects it: per quadrature y = √(eta T) x + n for homodyne (x
 * only), √(eta T / 2) x + n for heterodyne detection, with n of variance 1 + V_el and the excess
 * noise that reaches the detector. In shot-noise units as calibrated before the faults.
 */
export function detect(
  sent: Quadratures,
  link: Link,
  faults: readonly Fault[],
  streams: LinkStreams,
): Quadratures {
  const { detector } = link;
  const scene = { link, sent, source: streams.faults };
  const light = arriving(scene, faults);
  const { gain, variance } = reception(link, faults);
  const sigma = Math.sqrt(variance);
  const samples = {
    x: sampled(light.x, gain, sigma, streams.noise),
    p:
      detector.kind === 'homodyne'
        ? new Float64Array(0)
        : sampled(light.p, gain, sigma, streams.noise),
  };
  for (const fault of faults) fault.onSamples?.(samples, scene);
  return samples;
}

/** What Bob's detector makes of light, faults and all. */
export interface Reception {
  /** From a quadrature of the light that arrives to his. */
  readonly gain: number;
  /** Of the noise of his quadratures. */
  readonly variance: number;
}

/** Gain and noise of a link: of each quadrature that is measured. */
export function reception(
  { detector, transmittance, excessNoiseSnu }: Link,
  faults: readonly Fault[],
): Reception {
  const share = detector.efficiency / (detector.kind === 'homodyne' ? 1 : 2);
  const power = product(faults, ({ oscillatorPower }) => oscillatorPower);
  const added = faults.reduce((sum, { electronicNoiseSnu = 0 }) => sum + electronicNoiseSnu, 0);
  return {
    gain: Math.sqrt(share * power),
    variance:
      power * (1 + share * transmittance * excessNoiseSnu) + detector.electronicNoiseSnu + added,
  };
}

/** The light of a frame at the end of the fibre, after what was done to it on its way. */
export function arriving(scene: FaultScene, faults: readonly Fault[]): Quadratures {
  const light = attenuated(scene.sent, Math.sqrt(scene.link.transmittance));
  for (const fault of faults) fault.onLight?.(light, scene);
  return light;
}

function attenuated(sent: Quadratures, gain: number): Quadratures {
  const light = quadratures(sent.x.length);
  for (const [from, to] of [
    [sent.x, light.x],
    [sent.p, light.p],
  ] as const) {
    for (let at = 0; at < from.length; at += 1) to[at] = gain * (from[at] ?? 0);
  }
  return light;
}

function sampled(light: Float64Array, gain: number, sigma: number, source: Stream): Float64Array {
  const samples = new Float64Array(light.length);
  source.fillNormal(samples, sigma);
  for (let at = 0; at < light.length; at += 1)
    samples[at] = (samples[at] ?? 0) + gain * (light[at] ?? 0);
  return samples;
}

function product(faults: readonly Fault[], factor: (fault: Fault) => number | undefined): number {
  return faults.reduce((all, fault) => all * (factor(fault) ?? 1), 1);
}

/** Mean square of all quadratures of a frame. */
export function meanSquare(frame: Quadratures): number {
  let sum = 0;
  let count = 0;
  for (const part of parts(frame)) {
    for (const value of part) sum += value * value;
    count += part.length;
  }
  return count === 0 ? 0 : sum / count;
}
