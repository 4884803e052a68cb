import { demodulate } from '#src/optics/waveform/demodulate.ts';
import { emitted } from '#src/optics/waveform/emission.ts';
import { turnedBack } from '#src/optics/waveform/global-angle.ts';
import { pass } from '#src/optics/waveform/passage.ts';
import { usualFormat, type WaveFormat, type WavePath } from '#src/optics/waveform/wave-format.ts';
import { quadratures, type Quadratures } from '#src/optics/quadratures.ts';
import { stream } from '#src/optics/random/stream.ts';

/** Nothing is wrong with the way. */
const stillPath: WavePath = {
  lineWidthHz: 0,
  beatFrequencyHz: 0,
  clockOffsetPpm: 0,
  converterBits: Infinity,
};

/** A frame as it is sent, the way it takes, and what is known of it. */
interface Case {
  readonly symbols?: number;
  readonly delaySamples?: number;
  readonly noise?: number;
  readonly path?: Partial<WavePath>;
  readonly sent?: Partial<WaveFormat>;
  /** What Bob believes of the format, where it is not what was sent. */
  readonly believed?: Partial<WaveFormat>;
}

/** Sends Gaussian symbols of variance 1, and finds them again. */
export function frameOver({
  symbols = 20_000,
  delaySamples = 2000,
  noise = 0,
  path = {},
  sent = {},
  believed = sent,
}: Case) {
  const format = { ...usualFormat, ...sent };
  const wave = { format, path: { ...stillPath, ...path } };
  const clockOffset = wave.path.clockOffsetPpm * 1e-6;
  const given = quadratures(symbols);
  stream(1, 'x').fillNormal(given.x, 1);
  stream(1, 'p').fillNormal(given.p, 1);
  const samples = 5 * (symbols + 4200) + 4000;
  const light = emitted(given, format, { samples, delaySamples, clockOffset });
  const streams = { noise: stream(1, 'noise'), phase: stream(1, 'phase') };
  pass(light, { gain: 1, variance: noise }, { wave, streams });
  const found = demodulate(light, symbols, { format: { ...usualFormat, ...believed } });
  const all = Array.from({ length: symbols }, (_, at) => at);
  const seen = turnedBack(found.symbols, { revealed: given, indices: all });
  /** Where the preamble begins, in Bob's samples. */
  const preambleAt = delaySamples / (1 + clockOffset);
  return { ...found, late: found.preambleAt - preambleAt, ...fit(given, seen) };
}

/** How much of the symbols there is, and the variance of what else there is, per quadrature. */
function fit(given: Quadratures, seen: Quadratures) {
  const sums = [
    [given.x, seen.x],
    [given.p, seen.p],
  ] as const;
  let product = 0;
  let power = 0;
  let square = 0;
  for (const [x, y] of sums) {
    x.forEach((value, at) => {
      const other = y[at] ?? 0;
      product += value * other;
      power += value * value;
      square += other * other;
    });
  }
  const gain = product / power;
  return { gain, error: (square - gain * product) / (2 * given.x.length) };
}
