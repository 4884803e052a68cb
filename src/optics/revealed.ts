import type { Symbols } from './front-end.ts';
import { quadratures, type Quadratures } from './quadratures.ts';

/** Symbols of any unit as quadratures, their mean power being that of so many photons. */
export function inShotNoise({ real, imag }: Symbols, photonNumberMean: number): Quadratures {
  const { length } = real;
  const { x, p } = quadratures(length);
  let power = 0;
  for (let at = 0; at < length; at += 1) {
    const re = real[at] ?? 0;
    const im = imag[at] ?? 0;
    power += re * re + im * im;
    x[at] = re;
    p[at] = im;
  }
  const scale = power === 0 ? 0 : 2 * Math.sqrt((photonNumberMean * length) / power);
  for (let at = 0; at < length; at += 1) {
    x[at] = (x[at] ?? 0) * scale;
    p[at] = (p[at] ?? 0) * scale;
  }
  return { x, p };
}

/** These symbols of a frame, in this order. */
export function picked({ x, p }: Quadratures, indices: readonly number[]): Quadratures {
  return { x: entries(x, indices), p: p.length === 0 ? p : entries(p, indices) };
}

function entries(part: Float64Array, indices: readonly number[]): Float64Array {
  const chosen = new Float64Array(indices.length);
  for (let to = 0; to < indices.length; to += 1) chosen[to] = part[indices[to] ?? 0] ?? 0;
  return chosen;
}
