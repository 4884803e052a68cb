import { complex, type Complex } from '#src/base/fourier.ts';
import type { Quadratures } from '../quadratures.ts';
import { Oscillator } from './oscillator.ts';
import { placesPerSymbol, pulseBank, reach } from './pulse.ts';
import { cycles, firstSymbol, samplesPerSymbol, type WaveFormat } from './wave-format.ts';
import { zadoffChu } from './zadoff-chu.ts';

/** When Bob samples what Alice plays. */
export interface Sampling {
  readonly samples: number;
  /** Samples of hers that the first symbol comes after his first sample; may be between two. */
  readonly delaySamples: number;
  /** His time between samples over hers, less 1. */
  readonly clockOffset: number;
}

/**
 * Alice's light as Bob samples it: preamble, gap and symbols as pulses in their band, and the two
 * pilots from the first pulse to the last. In shot-noise units, so that a symbol's pulse has an
 * energy of x² + p².
 */
export function emitted(symbols: Quadratures, format: WaveFormat, sampling: Sampling): Complex {
  const wave = pulses(sequence(symbols, format), format, sampling);
  const rate = 1 + sampling.clockOffset;
  const tones = [format.shiftHz, ...format.pilotsHz].map((hertz) => {
    const perSample = cycles(format, hertz);
    return new Oscillator(perSample * rate, -perSample * sampling.delaySamples);
  });
  const [band, low, high] = tones;
  if (band === undefined || low === undefined || high === undefined) return wave;
  const pilot = 2 * Math.sqrt(format.pilotPhotonNumber / samplesPerSymbol);
  const end = (firstSymbol(format) + symbols.x.length + reach) * samplesPerSymbol;
  for (let at = 0; at < sampling.samples; at += 1) {
    const time = at * rate - sampling.delaySamples;
    const isOn = time >= -reach * samplesPerSymbol && time < end;
    const re = wave.re[at] ?? 0;
    const im = wave.im[at] ?? 0;
    const tone = isOn ? pilot : 0;
    wave.re[at] = re * band.re - im * band.im + tone * (low.re + high.re);
    wave.im[at] = re * band.im + im * band.re + tone * (low.im + high.im);
    for (const oscillator of tones) oscillator.advance();
  }
  return wave;
}

/** Preamble, gap and symbols, as amplitudes of pulses. */
function sequence({ x, p }: Quadratures, format: WaveFormat): Complex {
  const first = firstSymbol(format);
  const all = complex(first + x.length);
  const { re, im } = zadoffChu(format.preamble);
  const bright = 2 * Math.sqrt(format.preamblePhotonNumber);
  for (let at = 0; at < re.length; at += 1) {
    all.re[at] = bright * (re[at] ?? 0);
    all.im[at] = bright * (im[at] ?? 0);
  }
  all.re.set(x, first);
  all.im.set(p, first);
  return all;
}

/** The sum of all pulses at each sample, before it is shifted to its band. */
function pulses(amplitudes: Complex, { rollOff }: WaveFormat, sampling: Sampling): Complex {
  const { samples, delaySamples, clockOffset } = sampling;
  const { width, taps } = pulseBank(rollOff, placesPerSymbol);
  const wave = complex(samples);
  const count = amplitudes.re.length;
  for (let at = 0; at < samples; at += 1) {
    const time = (at * (1 + clockOffset) - delaySamples) / samplesPerSymbol;
    const place = Math.round(time * placesPerSymbol);
    const symbol = Math.floor(place / placesPerSymbol);
    const row = (place - symbol * placesPerSymbol) * width;
    const from = symbol - width / 2 + 1;
    const least = Math.max(0, -from);
    const most = Math.min(width, count - from);
    let re = 0;
    let im = 0;
    for (let tap = least; tap < most; tap += 1) {
      const pulse = taps[row + tap] ?? 0;
      re += pulse * (amplitudes.re[from + tap] ?? 0);
      im += pulse * (amplitudes.im[from + tap] ?? 0);
    }
    wave.re[at] = re;
    wave.im[at] = im;
  }
  return wave;
}
