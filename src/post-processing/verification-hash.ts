/**
 * A universal hash of a string of bits, to compare two keys by: a polynomial over GF(2^61 - 1),
 * whose coefficients are words of 60 bits and, last, the number of bits. Two strings of w words
 * collide for at most w + 1 of the 2^61 - 2 keys.
 */

export const hashBits = 61;
const modulus = 2n ** 61n - 1n;
const bitsPerWord = 60;

/** A key of the hash: 1 … 2^61 - 2, chosen by chance once both keys are fixed. */
export type HashKey = bigint & { readonly brand: 'HashKey' };

/** Whether a number is a key of the hash. */
export function isHashKey(value: unknown): value is HashKey {
  return typeof value === 'bigint' && value > 0n && value < modulus;
}

/** A key from two random words of 32 bits each; how likely keys are differs by an eighth at most. */
export function hashKeyFrom(high: number, low: number): HashKey {
  const key = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) % (modulus - 1n);
  const shifted = key + 1n;
  if (!isHashKey(shifted)) throw new RangeError('no key');
  return shifted;
}

/**
 * Σ w_i · key^(words - i), where the last word is the number of bits: 0 … 2^61 - 2.
 *
 * @param bits 0 or 1 each, the first bit of a word being its highest; the last word is filled with 0
 */
export function verificationHash(bits: Uint8Array, key: HashKey): bigint {
  const sum = new Limbs(0n);
  const factor = new Limbs(key);
  for (let at = 0; at < bits.length; at += bitsPerWord) {
    sum.add(bitsFrom(bits, at, 18), bitsFrom(bits, at + 18, 21), bitsFrom(bits, at + 39, 21));
    sum.multiply(factor);
  }
  sum.add(0, Math.floor(bits.length / radix), bits.length % radix);
  sum.multiply(factor);
  return sum.value();
}

function bitsFrom(bits: Uint8Array, start: number, count: number): number {
  let word = 0;
  for (let at = start; at < start + count; at += 1) word = (word << 1) | (bits[at] ?? 0);
  return word;
}

/** A limb holds 21 bits, so that sums of three products of limbs are exact; 3 · 21 = 61 + 2. */
const radix = 2 ** 21;
/** What is left of 61 bits for the highest limb. */
const topRadix = 2 ** 19;

/** A number modulo 2^61 - 1; its limbs are below `radix`, the highest below `topRadix`. */
class Limbs {
  #low: number;
  #middle: number;
  #high: number;

  constructor(value: bigint) {
    this.#low = Number(value & 0x1fffffn);
    this.#middle = Number((value >> 21n) & 0x1fffffn);
    this.#high = Number(value >> 42n);
  }

  add(high: number, middle: number, low: number): void {
    this.#settle(this.#low + low, this.#middle + middle, this.#high + high);
  }

  /** 2^63 is 4: products of weight 2^63 and 2^84 come back as four times 1 and 2^21. */
  multiply(by: Limbs): void {
    const [a, b, c] = [this.#low, this.#middle, this.#high];
    const [d, e, f] = [by.#low, by.#middle, by.#high];
    this.#settle(a * d + 4 * (b * f + c * e), a * e + b * d + 4 * (c * f), a * f + b * e + c * d);
  }

  value(): bigint {
    const value = (BigInt(this.#high) << 42n) + (BigInt(this.#middle) << 21n) + BigInt(this.#low);
    return value % modulus;
  }

  /** Carries, twice: what passes 2^61 comes back as 1. */
  #settle(low: number, middle: number, high: number): void {
    let [a, b, c] = [low, middle, high];
    for (let round = 0; round < 2; round += 1) {
      b += Math.floor(a / radix);
      a %= radix;
      c += Math.floor(b / radix);
      b %= radix;
      a += Math.floor(c / topRadix);
      c %= topRadix;
    }
    this.#low = a;
    this.#middle = b;
    this.#high = c;
  }
}
