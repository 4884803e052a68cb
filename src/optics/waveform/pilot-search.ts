import { complex, fourier, type Complex } from '#src/base/fourier.ts';
import { turn } from '#src/base/portable-math.ts';
import { cycles, type WaveFormat } from './wave-format.ts';

/** Samples of the spectrum at most: bins of 7.6 kHz at 500 MS/s. */
const mostSamples = 2 ** 16;
/** Alice's laser may be so far from Bob's. */
export const largestBeatHz = 25e6;

/**
 * Coarse frequency of the lower pilot, in cycles of a sample: the bin, near where it is played,
 * with the most power in it and one spacing above it. To half a bin.
 */
export function lowerPilot(samples: Complex, from: number, format: WaveFormat): number {
  const size = sizeFor(samples.re.length - from);
  const power = spectrum(samples, from, size);
  const [low, high] = format.pilotsHz;
  const spacing = Math.round(cycles(format, high - low) * size);
  const middle = Math.round(cycles(format, low) * size);
  const range = Math.ceil(cycles(format, largestBeatHz) * size);
  const near = (bin: number) => power[(bin + size) % size] ?? 0;
  let best = -Infinity;
  let found = middle;
  for (let bin = middle - range; bin <= middle + range; bin += 1) {
    const above = bin + spacing;
    const both = near(bin) * (near(above - 1) + near(above) + near(above + 1));
    if (both > best) {
      best = both;
      found = bin;
    }
  }
  return found / size;
}

function sizeFor(samples: number): number {
  let size = 2;
  while (2 * size <= Math.min(samples, mostSamples)) size *= 2;
  return size;
}

/** Power of each bin, behind a window (Hann's) that keeps a tone within three bins. */
function spectrum({ re, im }: Complex, from: number, size: number): Float64Array {
  const part = complex(size);
  for (let at = 0; at < size; at += 1) {
    const window = 1 - turn((2 * Math.PI * at) / size)[0];
    part.re[at] = window * (re[from + at] ?? 0);
    part.im[at] = window * (im[from + at] ?? 0);
  }
  fourier(size).forward(part);
  const power = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const x = part.re[at] ?? 0;
    const p = part.im[at] ?? 0;
    power[reversed(at, size)] = x * x + p * p;
  }
  return power;
}

/** A number below `size`, a power of 2, with its bits in the other order. */
function reversed(value: number, size: number): number {
  let left = value;
  let turned = 0;
  for (let bit = 1; bit < size; bit <<= 1) {
    turned = (turned << 1) | (left & 1);
    left >>= 1;
  }
  return turned;
}
