import { stream } from '#src/optics/random/stream.ts';

/** Samples of both ends of a Gaussian link, in units where the signal's variance is 1. */
export interface LinkedSamples {
  readonly sent: Float64Array;
  readonly received: Float64Array;
  readonly bits: Uint8Array;
  readonly noiseVariance: number;
}

/** Noise at which a code of rate 0.1 works at that efficiency. */
export function linkedSamples(count: number, beta: number, seed: number): LinkedSamples {
  const random = stream(seed, 'fer');
  const sent = new Float64Array(count);
  const noise = new Float64Array(count);
  const bits = new Uint8Array(count);
  const noiseVariance = 1 / (2 ** (0.2 / beta) - 1);
  random.fillNormal(sent, 1);
  random.fillNormal(noise, Math.sqrt(noiseVariance));
  random.fillBits(bits);
  return { sent, received: sent.map((x, at) => x + (noise[at] ?? 0)), bits, noiseVariance };
}
