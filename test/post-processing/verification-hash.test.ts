import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashBits,
  hashKeyFrom,
  isHashKey,
  verificationHash,
} from '#src/post-processing/verification-hash.ts';

const modulus = 2n ** BigInt(hashBits) - 1n;

/** Σ w_i · key^(words - i) by BigInt, the words cut from the text of the bits. */
function independent(bits: Uint8Array, key: bigint): bigint {
  const words = [...bits]
    .join('')
    .match(/.{1,60}/g)
    ?.map((word) => BigInt(`0b${word.padEnd(60, '0')}`));
  const all = [...(words ?? []), BigInt(bits.length)];
  return all
    .toReversed()
    .reduce((sum, word, at) => (sum + word * key ** BigInt(at + 1)) % modulus, 0n);
}

const key = fc.bigInt({ min: 1n, max: modulus - 1n }).filter(isHashKey);
const strings = fc
  .array(fc.constantFrom(0, 1), { maxLength: 400 })
  .map((bits) => Uint8Array.from(bits));

describe('the verification hash', () => {
  it('is that of the same polynomial by BigInt', () => {
    fc.assert(
      fc.property(strings, key, (bits, key) => {
        expect(verificationHash(bits, key)).toBe(independent(bits, key));
      }),
    );
  });

  it.each([1n, 2n, 2n ** 60n, modulus - 1n, modulus - 2n])('is right for the key %s', (value) => {
    const ones = new Uint8Array(600).fill(1);
    if (!isHashKey(value)) throw new Error('no key');
    expect(verificationHash(ones, value)).toBe(independent(ones, value));
  });

  it('tells any two strings that differ in one bit', () => {
    const bits = Uint8Array.from({ length: 1000 }, (_, at) => ((at * at) % 3) & 1);
    const key = hashKeyFrom(0x12345678, 0x9abcdef0);
    const hashes = [...bits.keys()].map((at) =>
      verificationHash(bits.with(at, 1 - (bits[at] ?? 0)), key),
    );
    expect(new Set([...hashes, verificationHash(bits, key)]).size).toBe(1001);
  });

  it('tells a string from the same with zeros after it', () => {
    const key = hashKeyFrom(1, 1);
    const hashes = [59, 60, 61, 120].map((length) => verificationHash(new Uint8Array(length), key));
    expect(new Set(hashes).size).toBe(4);
  });

  it('has keys 1 … 2^61 - 2', () => {
    expect([0n, modulus, -1n, 1].map(isHashKey)).toEqual([false, false, false, false]);
    expect([1n, modulus - 1n, hashKeyFrom(0, 0), hashKeyFrom(-1, -1)].map(isHashKey)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
