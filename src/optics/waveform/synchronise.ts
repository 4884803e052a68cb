import { complex, fourier, type Complex } from '#src/base/fourier.ts';
import type { MatchedFilter } from './matched-filter.ts';
import { samplesPerSymbol } from './wave-format.ts';

/** Where a preamble may be. */
export interface SyncScene {
  readonly preamble: Complex;
  readonly filter: MatchedFilter;
  /** About where it begins, and how far off that may be, in samples. */
  readonly about: number;
  readonly margin: number;
  /** Samples of Bob's in the time of one of Alice's. */
  readonly rate: number;
}

/**
 * The place of the preamble's first symbol in Bob's samples, to a hundredth of one: the peak of its
 * correlation with the filtered samples, by Fourier transforms to whole samples, then by the parabola
 * through it and its neighbours.
 */
export function synchronise(samples: Complex, scene: SyncScene): number {
  const { about, margin } = scene;
  const place = about - margin + peak(correlation(samples, scene));
  return place + vertex(place, samples, scene);
}

/** Correlation at whole samples from the first that may be, as many as the margin has each way. */
function correlation(samples: Complex, scene: SyncScene): Float64Array {
  const { preamble, filter, about, margin, rate } = scene;
  const length = preamble.re.length;
  const shown = Math.ceil(length * samplesPerSymbol * rate) + 2 * margin;
  let size = 2;
  while (size < shown) size *= 2;
  const seen = padded(filter.at(samples, about - margin, 1, shown), size);
  const known = complex(size);
  for (let at = 0; at < length; at += 1) {
    const sample = Math.round(at * samplesPerSymbol * rate);
    known.re[sample] = preamble.re[at] ?? 0;
    known.im[sample] = preamble.im[at] ?? 0;
  }
  const transform = fourier(size);
  transform.forward(seen);
  transform.forward(known);
  byConjugate(seen, known);
  transform.backward(seen);
  return Float64Array.from({ length: 2 * margin + 1 }, (_, at) => power(seen, at));
}

function padded({ re, im }: Complex, size: number): Complex {
  const longer = complex(size);
  longer.re.set(re);
  longer.im.set(im);
  return longer;
}

function byConjugate(product: Complex, { re, im }: Complex): void {
  for (let at = 0; at < re.length; at += 1) {
    const x = product.re[at] ?? 0;
    const p = product.im[at] ?? 0;
    const x0 = re[at] ?? 0;
    const p0 = im[at] ?? 0;
    product.re[at] = x * x0 + p * p0;
    product.im[at] = p * x0 - x * p0;
  }
}

function power({ re, im }: Complex, at: number): number {
  const x = re[at] ?? 0;
  const p = im[at] ?? 0;
  return x * x + p * p;
}

function peak(powers: Float64Array): number {
  return powers.reduce((best, value, at) => (value > (powers[best] ?? 0) ? at : best), 0);
}

/** How far from this place the parabola through the correlation has its top, at most a sample. */
function vertex(place: number, samples: Complex, scene: SyncScene): number {
  const [a = 0, b = 0, c = 0] = [-1, 0, 1].map((off) => likeness(place + off, samples, scene));
  const bend = a - 2 * b + c;
  return bend < 0 ? Math.max(-1, Math.min(1, (a - c) / (2 * bend))) : 0;
}

/** Length of the correlation with a preamble at just this place. */
function likeness(place: number, samples: Complex, scene: SyncScene): number {
  const { preamble, filter, rate } = scene;
  const { length } = preamble.re;
  const { re, im } = filter.at(samples, place, samplesPerSymbol * rate, length);
  let real = 0;
  let imag = 0;
  for (let at = 0; at < length; at += 1) {
    const x = preamble.re[at] ?? 0;
    const p = preamble.im[at] ?? 0;
    real += (re[at] ?? 0) * x + (im[at] ?? 0) * p;
    imag += (im[at] ?? 0) * x - (re[at] ?? 0) * p;
  }
  return Math.sqrt(real * real + imag * imag);
}
