import type { Complex } from '#src/base/fourier.ts';
import { turn } from '#src/base/portable-math.ts';
import type { Stream } from '../random/stream.ts';
import type { Reception } from '../link.ts';
import { cycles, type WavePlan } from './wave-format.ts';

/** Streams of chance of a waveform, one a purpose. */
export interface PassageStreams {
  readonly noise: Stream;
  readonly phase: Stream;
}

/**
 * Takes light to Bob's samples, in place: the lasers' beat turns it, its phase walking at random;
 * fibre and detector weaken it; every quadrature of every sample gets the noise of the detection.
 * White noise through a filter of energy 1 has the same variance behind it.
 */
export function pass(
  wave: Complex,
  { gain, variance }: Reception,
  { wave: plan, streams }: Passage,
): void {
  const turned = laserPhase(plan, streams.phase);
  const noise = new Float64Array(2 * batch);
  const { re, im } = wave;
  for (let from = 0; from < re.length; from += batch) {
    streams.noise.fillNormal(noise, Math.sqrt(variance));
    const most = Math.min(batch, re.length - from);
    for (let at = 0; at < most; at += 1) {
      const [cos, sin] = turned();
      const x = gain * (re[from + at] ?? 0);
      const p = gain * (im[from + at] ?? 0);
      re[from + at] = cos * x - sin * p + (noise[at] ?? 0);
      im[from + at] = sin * x + cos * p + (noise[batch + at] ?? 0);
    }
  }
}

export interface Passage {
  readonly wave: WavePlan;
  readonly streams: PassageStreams;
}

/** Samples whose noise is drawn at once. */
const batch = 4096;

/** The phase of the beat, sample by sample: a line of width w walks by 2π w a second, squared. */
function laserPhase({ format, path }: WavePlan, source: Stream): () => readonly [number, number] {
  const { lineWidthHz, beatFrequencyHz, clockOffsetPpm } = path;
  const rate = 1 + clockOffsetPpm * 1e-6;
  const perSample = cycles(format, beatFrequencyHz) * rate;
  const steps = new Float64Array(batch);
  const deviation = Math.sqrt((cycles(format, lineWidthHz) * rate) / (2 * Math.PI));
  let turns = source.unit();
  let at = batch;
  return () => {
    if (at === batch) {
      source.fillNormal(steps, deviation);
      at = 0;
    }
    turns += perSample + (steps[at] ?? 0);
    turns -= Math.round(turns);
    at += 1;
    return turn(2 * Math.PI * turns);
  };
}
