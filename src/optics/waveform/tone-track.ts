import { complex, type Complex } from '#src/base/fourier.ts';
import { angle } from '#src/base/portable-math.ts';
import { Oscillator } from './oscillator.ts';

/** Part of a record. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A tone of so many cycles a sample, averaged over blocks of `block` samples. */
export function toneBlocks(
  { re, im }: Complex,
  { from, to }: Stretch,
  { tone, block }: { readonly tone: number; readonly block: number },
): Complex {
  const blocks = complex(Math.max(0, Math.floor((to - from) / block)));
  const oscillator = new Oscillator(-tone);
  for (let at = 0; at < blocks.re.length; at += 1) {
    let real = 0;
    let imag = 0;
    const start = from + at * block;
    for (let sample = start; sample < start + block; sample += 1) {
      const x = re[sample] ?? 0;
      const p = im[sample] ?? 0;
      real += x * oscillator.re - p * oscillator.im;
      imag += x * oscillator.im + p * oscillator.re;
      oscillator.advance();
    }
    blocks.re[at] = real;
    blocks.im[at] = imag;
  }
  return blocks;
}

/**
 * How far a slowly turning phasor turns from one entry to the next, in turns: over one entry first,
 * then over twice as many each time, the turns in between being known by then.
 */
export function turnsPerEntry(phasor: Complex): number {
  let turns = 0;
  for (let lag = 1; lag <= phasor.re.length / 2; lag *= 2) {
    const [real, imag] = lagged(phasor, lag);
    const seen = angle(real, imag) / (2 * Math.PI);
    const whole = Math.round(turns * lag - seen);
    turns = (seen + whole) / lag;
  }
  return turns;
}

/** Sum of each entry by the conjugate of the one `lag` before it. */
function lagged({ re, im }: Complex, lag: number): readonly [number, number] {
  let real = 0;
  let imag = 0;
  for (let at = lag; at < re.length; at += 1) {
    const x = re[at] ?? 0;
    const p = im[at] ?? 0;
    const x0 = re[at - lag] ?? 0;
    const p0 = im[at - lag] ?? 0;
    real += x * x0 + p * p0;
    imag += p * x0 - x * p0;
  }
  return [real, imag];
}

/** Entry by entry, `phasor` by the conjugate of `against`. */
export function relative(phasor: Complex, against: Complex): Complex {
  const found = complex(phasor.re.length);
  for (let at = 0; at < found.re.length; at += 1) {
    const x = phasor.re[at] ?? 0;
    const p = phasor.im[at] ?? 0;
    const x0 = against.re[at] ?? 0;
    const p0 = against.im[at] ?? 0;
    found.re[at] = x * x0 + p * p0;
    found.im[at] = p * x0 - x * p0;
  }
  return found;
}
