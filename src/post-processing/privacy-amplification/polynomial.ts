/**
 * Whether x^L + c_{L-1} x^{L-1} + … + c_0 is irreducible over GF(2), by Rabin's test; `coefficients`
 * are c_0 … c_{L-1}. False for L = 0; L up to 4,096.
 * @see M. O. Rabin, Probabilistic algorithms in finite fields, SIAM J. Comput. 9 (1980).
 */
export function isIrreducible(coefficients: readonly number[]): boolean {
  const degree = coefficients.length;
  if (degree === 0 || degree > maxDegree) return false;
  const modulus = coefficients.reduce(
    (sum, bit, at) => (bit & 1 ? sum | (1n << BigInt(at)) : sum),
    1n << BigInt(degree),
  );
  const checkpoints = new Set(primeFactors(degree).map((prime) => degree / prime));
  let power = remainder(2n, modulus);
  for (let squarings = 1; squarings <= degree; squarings += 1) {
    power = remainder(square(power), modulus);
    if (checkpoints.has(squarings) && gcd(modulus, power ^ remainder(2n, modulus)) !== 1n) {
      return false;
    }
  }
  return power === remainder(2n, modulus);
}

const maxDegree = 4096;

/** Squaring over GF(2) puts a 0 between any two bits: the binary digits, read to the base 4. */
function square(polynomial: bigint): bigint {
  const digits = polynomial.toString(2);
  return BigInt(`0b${[...digits].join('0')}`);
}

function remainder(polynomial: bigint, modulus: bigint): bigint {
  const size = bitLength(modulus);
  let rest = polynomial;
  for (let length = bitLength(rest); length >= size; length = bitLength(rest)) {
    rest ^= modulus << BigInt(length - size);
  }
  return rest;
}

function gcd(left: bigint, right: bigint): bigint {
  let [greater, smaller] = [left, right];
  while (smaller !== 0n) [greater, smaller] = [smaller, remainder(greater, smaller)];
  return greater;
}

function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const digits = value.toString(16);
  return 4 * (digits.length - 1) + (32 - Math.clz32(Number.parseInt(digits.slice(0, 1), 16)));
}

function primeFactors(value: number): readonly number[] {
  const factors: number[] = [];
  let rest = value;
  for (let factor = 2; factor * factor <= rest; factor += 1) {
    if (rest % factor === 0) factors.push(factor);
    while (rest % factor === 0) rest /= factor;
  }
  return rest > 1 ? [...factors, rest] : factors;
}
