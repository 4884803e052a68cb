import type { Complex } from '#src/base/fourier.ts';

/**
 * Where the brightest `length` samples begin: a moving average of the power. To some samples; the
 * preamble outshines the pilots that accompany it.
 */
export function brightest({ re, im }: Complex, length: number): number {
  let power = 0;
  let best = -Infinity;
  let found = 0;
  for (let at = 0; at < re.length; at += 1) {
    power += square(re[at] ?? 0) + square(im[at] ?? 0);
    if (at >= length) power -= square(re[at - length] ?? 0) + square(im[at - length] ?? 0);
    if (at >= length - 1 && power > best) {
      best = power;
      found = at - length + 1;
    }
  }
  return found;
}

function square(value: number): number {
  return value * value;
}
