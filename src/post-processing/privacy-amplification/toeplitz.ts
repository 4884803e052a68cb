import { complex, fourier, type Complex, type Fourier } from '#src/base/fourier.ts';

/** Columns that are taken at once, unless said: the transforms then fit into the second cache. */
const usualBlock = 2 ** 14;

/** Bits of the seed that a full Toeplitz matrix of this size needs. */
export function toeplitzSeedBits(inputBits: number, outputBits: number): number {
  return inputBits + outputBits - 1;
}

/**
 * Multiplies bits by a Toeplitz matrix over GF(2): output i is the parity of seed[i - j + n - 1]
 * and input[j] over all j. Bits are 0 and 1, one a byte; the seed has n + m - 1 of them.
 *
 * By blocks of columns and pairs of rows: matrices whose block indices differ by the same amount
 * share one transform of their pieces of the seed, the upper row's as real and the lower row's as
 * imaginary part, and products are summed as spectra. Sums of parities are
 * below 2^30 and rounding errors below 1e-6, so the result is exact; it does not depend on `block`,
 * a power of 2.
 */
export function toeplitz(
  input: Uint8Array,
  seed: Uint8Array,
  outputBits: number,
  block = usualBlock,
): Uint8Array {
  const output = new Uint8Array(outputBits);
  if (outputBits === 0 || input.length === 0) return output;
  const transform = fourier(2 * block);
  const columns = Math.ceil(input.length / block);
  const pairs = Math.ceil(outputBits / (2 * block));
  const pieces = new Map<number, Complex>();
  const sums = Array.from({ length: pairs }, () => complex(2 * block));
  for (let column = 0; column < columns; column += 1) {
    const part = spectrum(transform, input, column * block, block);
    sums.forEach((sum, pair) => {
      const apart = 2 * pair - column;
      const piece = pieces.get(apart) ?? seedPieces(transform, seed, input.length, apart * block);
      pieces.set(apart, piece);
      addProduct(sum, piece, part);
    });
    pieces.delete(2 * (pairs - 1) - column);
  }
  sums.forEach((sum, pair) => {
    transform.backward(sum);
    writeParities(output, 2 * pair * block, sum.re, block);
    writeParities(output, (2 * pair + 1) * block, sum.im, block);
  });
  return output;
}

function writeParities(output: Uint8Array, first: number, sums: Float64Array, block: number): void {
  const scale = 1 / (2 * block);
  const count = Math.min(block, output.length - first);
  for (let at = 0; at < count; at += 1) {
    output[first + at] = Math.round((sums[at + block - 1] ?? 0) * scale) & 1;
  }
}

/** Bits from … as numbers, transformed; what lies beyond the end is 0. */
function spectrum(transform: Fourier, bits: Uint8Array, from: number, count: number): Complex {
  const values = complex(transform.length);
  const until = Math.min(count, bits.length - from);
  for (let at = 0; at < until; at += 1) values.re[at] = bits[from + at] ?? 0;
  transform.forward(values);
  return values;
}

/** The 2 × block - 1 diagonals of a block matrix with this offset, and of the one below it. */
function seedPieces(
  transform: Fourier,
  seed: Uint8Array,
  inputBits: number,
  offset: number,
): Complex {
  const block = transform.length / 2;
  const values = complex(transform.length);
  const from = offset + inputBits - block;
  for (let at = 0; at < 2 * block - 1; at += 1) {
    values.re[at] = seed[from + at] ?? 0;
    values.im[at] = seed[from + block + at] ?? 0;
  }
  transform.forward(values);
  return values;
}

function addProduct(sum: Complex, left: Complex, right: Complex): void {
  const { re, im } = sum;
  for (let at = 0; at < re.length; at += 1) {
    const lr = left.re[at] ?? 0;
    const li = left.im[at] ?? 0;
    const rr = right.re[at] ?? 0;
    const ri = right.im[at] ?? 0;
    re[at] = (re[at] ?? 0) + lr * rr - li * ri;
    im[at] = (im[at] ?? 0) + lr * ri + li * rr;
  }
}
