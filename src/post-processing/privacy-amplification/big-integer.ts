/** Bits of a digit, 5 hexadecimal places: inputs below 2^20 bits never carry over. */
const places = 5;

/**
 * The same hash as `toeplitz`, as one product of two big integers: ten lines that share nothing with
 * it, to be compared with. At most 2^20 - 1 input bits.
 */
export function bigIntegerHash(
  input: Uint8Array,
  seed: Uint8Array,
  outputBits: number,
): Uint8Array {
  const product = (digits(input) * digits(seed)).toString(16);
  return Uint8Array.from({ length: outputBits }, (_, row) => {
    const until = product.length - places * (row + input.length - 1);
    const digit = product.slice(Math.max(0, until - places), Math.max(0, until));
    return Number.parseInt(digit || '0', 16) & 1;
  });
}

function digits(bits: Uint8Array): bigint {
  const last = Array.from(bits, (bit) => `0000${bit}`).toReversed();
  return BigInt(`0x${last.join('')}`);
}
