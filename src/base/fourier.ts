import { turn } from './portable-math.ts';

/** Complex numbers, real and imaginary parts apart. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Discrete Fourier transforms of one length, in place; the spectrum's order is bit-reversed. */
export interface Fourier {
  readonly length: number;
  /** Decimation in frequency: natural order in, bit-reversed order out. */
  forward(values: Complex): void;
  /** Decimation in time: bit-reversed order in, natural order out, not divided by the length. */
  backward(values: Complex): void;
}

/** Makes the transforms of this length, a power of 2 from 2. */
export function fourier(length: number): Fourier {
  const { re: cos, im: sin } = roots(length);
  return {
    length,
    forward({ re, im }) {
      for (let half = length >> 1, step = 1; half >= 1; half >>= 1, step <<= 1) {
        for (let start = 0; start < length; start += half << 1) {
          for (let at = start, root = 0; at < start + half; at += 1, root += step) {
            const other = at + half;
            const re0 = re[at] ?? 0;
            const im0 = im[at] ?? 0;
            const re1 = re[other] ?? 0;
            const im1 = im[other] ?? 0;
            const c = cos[root] ?? 0;
            const s = sin[root] ?? 0;
            const dr = re0 - re1;
            const di = im0 - im1;
            re[at] = re0 + re1;
            im[at] = im0 + im1;
            re[other] = dr * c + di * s;
            im[other] = di * c - dr * s;
          }
        }
      }
    },
    backward({ re, im }) {
      for (let half = 1, step = length >> 1; half < length; half <<= 1, step >>= 1) {
        for (let start = 0; start < length; start += half << 1) {
          for (let at = start, root = 0; at < start + half; at += 1, root += step) {
            const other = at + half;
            const c = cos[root] ?? 0;
            const s = sin[root] ?? 0;
            const re1 = re[other] ?? 0;
            const im1 = im[other] ?? 0;
            const tr = re1 * c - im1 * s;
            const ti = im1 * c + re1 * s;
            const re0 = re[at] ?? 0;
            const im0 = im[at] ?? 0;
            re[at] = re0 + tr;
            im[at] = im0 + ti;
            re[other] = re0 - tr;
            im[other] = im0 - ti;
          }
        }
      }
    },
  };
}

/** Room for `length` complex numbers, all 0. */
export function complex(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

function roots(length: number): Complex {
  const table = complex(length >> 1);
  for (let k = 0; k < length >> 1; k += 1) {
    [table.re[k], table.im[k]] = turn((2 * Math.PI * k) / length);
  }
  return table;
}
