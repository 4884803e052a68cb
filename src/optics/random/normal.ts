import { exponential, logarithm } from '#src/base/portable-math.ts';

/** Random words to be used in order, 32 bits each; a refill starts `at` again from 0. */
export interface Words {
  readonly words: Int32Array;
  at: number;
  refill(): void;
  /** A real number, 0 ≤ x < 1. */
  unit(): number;
}

/** Layers of equal area under the normal curve, and where the outermost begins. */
const layers = 256;
const outermost = 3.6541528853610088;
const area = 0.004928673233974655;
/** A word gives its layer (8 bits) and a signed place in it (24 bits). */
const places = 2 ** 23;

/**
 * Fills with normal numbers of mean 0 and standard deviation `sigma`: the ziggurat of Marsaglia and
 * Tsang, its tables and its rare slow paths by portable functions.
 */
export function fillNormal(out: Float64Array, sigma: number, source: Words): void {
  const { words } = source;
  const { length } = words;
  let at = source.at;
  for (let index = 0; index < out.length; index += 1) {
    if (at === length) {
      source.refill();
      at = 0;
    }
    const word = words[at] ?? 0;
    at += 1;
    const layer = word & 255;
    const place = word >> 8;
    if (place * place < (safeSquares[layer] ?? 0)) {
      out[index] = sigma * place * (widths[layer] ?? 0);
    } else {
      source.at = at;
      out[index] = sigma * outsideCore(word, source);
      at = source.at;
    }
  }
  source.at = at;
}

/** The square of the places of a layer that lie under the curve for certain. */
const safeSquares = new Float64Array(layers);
/** Width of one place, a layer each. */
const widths = new Float64Array(layers);
/** Height of the curve at each layer's border. */
const heights = new Float64Array(layers);
shape();

function shape(): void {
  let border = outermost;
  const base = area / height(border);
  safeSquares[0] = ((border / base) * places) ** 2;
  widths[0] = base / places;
  widths[layers - 1] = border / places;
  heights[0] = 1;
  heights[layers - 1] = height(border);
  for (let layer = layers - 2; layer >= 1; layer -= 1) {
    const inner = Math.sqrt(-2 * logarithm(area / border + height(border)));
    safeSquares[layer + 1] = ((inner / border) * places) ** 2;
    heights[layer] = height(inner);
    widths[layer] = inner / places;
    border = inner;
  }
}

function height(x: number): number {
  return exponential(-0.5 * x * x);
}

/** A word outside the safe places: in the tail, in the edge of its layer, or to be drawn again. */
function outsideCore(first: number, source: Words): number {
  for (let word = first; ; word = fresh(source)) {
    const layer = word & 255;
    const place = word >> 8;
    const x = place * (widths[layer] ?? 0);
    if (place * place < (safeSquares[layer] ?? 0)) return x;
    if (layer === 0) return place < 0 ? -tail(source) : tail(source);
    const lower = heights[layer] ?? 0;
    const upper = heights[layer - 1] ?? 0;
    if (lower + source.unit() * (upper - lower) < height(x)) return x;
  }
}

function tail(source: Words): number {
  for (;;) {
    const beyond = -logarithm(source.unit() + 2 ** -33) / outermost;
    const test = -logarithm(source.unit() + 2 ** -33);
    if (2 * test > beyond * beyond) return outermost + beyond;
  }
}

function fresh(source: Words): number {
  if (source.at === source.words.length) source.refill();
  const word = source.words[source.at] ?? 0;
  source.at += 1;
  return word;
}
