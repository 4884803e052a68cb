/**
 * Octonions by Cayley and Dickson, as eight numbers: pairs of quaternions, (a, b)(c, d) =
 * (ac - d*b, da + bc*), and these pairs of complex numbers likewise. Their norm is multiplicative,
 * and (ab)b* = a|b|², which is what a rotation between any two vectors of one length needs.
 */

/** The octonions of three arrays at the same place. */
export interface Product {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly out: Float64Array;
}

/** Writes left · right at `at`, `at` + 1, … `at` + 7 of `out`, which may be neither of the two. */
export function multiplyAt({ left, right, out }: Product, at: number): void {
  for (let row = 0; row < 8; row += 1) {
    let sum = 0;
    for (let column = 0; column < 8; column += 1) {
      const sign = signs[8 * row + column] ?? 0;
      sum += sign * (left[at + column] ?? 0) * (right[at + (row ^ column)] ?? 0);
    }
    out[at + row] = sum;
  }
}

/** Writes the conjugate of the octonion at `at` over it. */
export function conjugateAt(octonions: Float64Array, at: number): void {
  for (let part = 1; part < 8; part += 1) octonions[at + part] = -(octonions[at + part] ?? 0);
}

/** Part `row` of a product has left part `column` times right part `row ^ column`, times this. */
const signs = Int8Array.from({ length: 64 }, (_, at) => signOf(at & 7, (at >> 3) ^ (at & 7), 8));

/** The sign of the product of two units of an algebra of `size` dimensions. */
function signOf(left: number, right: number, size: number): number {
  if (size === 1) return 1;
  const half = size / 2;
  const [a, b] = [left % half, right % half];
  const conjugate = (unit: number) => (unit === 0 ? 1 : -1);
  if (left < half && right < half) return signOf(a, b, half);
  if (left < half) return signOf(b, a, half);
  if (right < half) return signOf(a, b, half) * conjugate(b);
  return -signOf(b, a, half) * conjugate(b);
}
