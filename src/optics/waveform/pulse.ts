import { turn } from '#src/base/portable-math.ts';
import { samplesPerSymbol } from './wave-format.ts';

/** Symbols that a pulse reaches, each way: beyond, it is cut. */
export const reach = 16;
/** Places of a sample at which the pulse is known; time is rounded to them. */
export const placesPerSample = 64;
/** The same of a symbol. */
export const placesPerSymbol = placesPerSample * samplesPerSymbol;

/** The root-raised-cosine pulse, t in symbols, with an energy of 1. */
export function rootRaisedCosine(t: number, rollOff: number): number {
  if (t === 0) return 1 - rollOff + (4 * rollOff) / Math.PI;
  const steep = 4 * rollOff * t;
  const pole = 1 - steep * steep;
  if (Math.abs(pole) < 1e-9) {
    const [cos, sin] = turn(Math.PI / (4 * rollOff));
    return (rollOff / Math.SQRT2) * ((1 + 2 / Math.PI) * sin + (1 - 2 / Math.PI) * cos);
  }
  const [, sin] = turn(Math.PI * t * (1 - rollOff));
  const [cos] = turn(Math.PI * t * (1 + rollOff));
  return (sin + steep * cos) / (Math.PI * t * pole);
}

/** The pulse in rows, a row for each place of `step` places: what one output takes of its inputs. */
export interface PulseBank {
  /** Numbers in a row. */
  readonly width: number;
  readonly taps: Float64Array;
}

/**
 * Rows of the pulse at every `step` places: row q holds it at q - k · `step` places, k from
 * -width / 2 + 1 to width / 2. Sampled at the rate of the converters it has an energy of 1.
 */
export function pulseBank(rollOff: number, step: number): PulseBank {
  const width = (2 * reach * placesPerSymbol) / step;
  const taps = new Float64Array(width * step);
  const scale = 1 / Math.sqrt(samplesPerSymbol);
  for (let row = 0; row < step; row += 1) {
    for (let tap = 0; tap < width; tap += 1) {
      const place = row - (tap - width / 2 + 1) * step;
      taps[row * width + tap] = scale * rootRaisedCosine(place / placesPerSymbol, rollOff);
    }
  }
  return { width, taps };
}
