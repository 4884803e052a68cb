import { complex, type Complex } from '#src/base/fourier.ts';
import { turn } from '#src/base/portable-math.ts';
import type { ZadoffChuSize } from './wave-format.ts';

/**
 * The sequence exp(-i π root n (n + 1) / length): of constant power, and like nothing but itself
 * when shifted. Odd length below 2^20, root below it.
 */
export function zadoffChu({ root, length }: ZadoffChuSize): Complex {
  const sequence = complex(length);
  for (let at = 0; at < length; at += 1) {
    /** In half turns a `length`: the square modulo 2 `length`, so that no bit is lost. */
    const halves = (root * ((at * (at + 1)) % (2 * length))) % (2 * length);
    const [cos, sin] = turn((-Math.PI * halves) / length);
    sequence.re[at] = cos;
    sequence.im[at] = sin;
  }
  return sequence;
}
