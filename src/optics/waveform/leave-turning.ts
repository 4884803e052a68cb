import type { Complex } from '#src/base/fourier.ts';
import { turn } from '#src/base/portable-math.ts';
import type { Misfound } from '../faults/fault.ts';

/** Where a frame's symbols lie among samples. */
interface Grid {
  /** Place of the preamble, and samples of a symbol. */
  readonly from: number;
  readonly step: number;
  /** The frame's first symbol, counted from the preamble's. */
  readonly first: number;
}

/** Turns samples on through each subframe, in place, as a wrong beat frequency leaves them. */
export function leaveTurning(
  { re, im }: Complex,
  { turns, subframe }: NonNullable<Misfound['residue']>,
  { from, step, first }: Grid,
): void {
  for (let at = 0; at < re.length; at += 1) {
    const subframes = ((at - from) / step - first) / subframe;
    const [cos, sin] = turn(2 * Math.PI * turns * (subframes - Math.floor(subframes) - 0.5));
    const x = re[at] ?? 0;
    const p = im[at] ?? 0;
    re[at] = cos * x - sin * p;
    im[at] = sin * x + cos * p;
  }
}
