import { complex, type Complex } from '#src/base/fourier.ts';
import { Oscillator } from './oscillator.ts';

/** The tone that tells the phase, and what lies how far below it. */
export interface Carrier {
  /** Of the pilot, in cycles of a sample; a little wrong, it is followed all the same. */
  readonly pilot: number;
  /** From the pilot down to the middle of the band. */
  readonly below: number;
  /** Samples over which the pilot is averaged, about each. */
  readonly window: number;
}

/**
 * Shifts the band of the symbols to frequency 0, in place, and takes out the phase that the pilot
 * shows: its average over the samples about each, without its length.
 */
export function toBaseband(samples: Complex, { pilot, below, window }: Carrier): void {
  const { re, im } = samples;
  const seen = complex(window);
  const listening = new Oscillator(-pilot);
  const shifting = new Oscillator(below - pilot);
  const ahead = window >> 1;
  let sumRe = 0;
  let sumIm = 0;
  for (let now = 0; now < re.length + ahead; now += 1) {
    const slot = now % window;
    const x = re[now] ?? 0;
    const p = im[now] ?? 0;
    const real = x * listening.re - p * listening.im;
    const imag = x * listening.im + p * listening.re;
    sumRe += real - (seen.re[slot] ?? 0);
    sumIm += imag - (seen.im[slot] ?? 0);
    seen.re[slot] = real;
    seen.im[slot] = imag;
    listening.advance();
    if (now < ahead) continue;
    const at = now - ahead;
    const size = Math.sqrt(sumRe * sumRe + sumIm * sumIm);
    const cos = size === 0 ? 1 : sumRe / size;
    const sin = size === 0 ? 0 : -sumIm / size;
    const realTurn = cos * shifting.re - sin * shifting.im;
    const imagTurn = cos * shifting.im + sin * shifting.re;
    const x0 = re[at] ?? 0;
    const p0 = im[at] ?? 0;
    re[at] = x0 * realTurn - p0 * imagTurn;
    im[at] = x0 * imagTurn + p0 * realTurn;
    shifting.advance();
  }
}
