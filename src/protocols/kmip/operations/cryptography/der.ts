/*
 * As much of DER as key structures take: they are built here and read by node:crypto.
 */

export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x30, Buffer.concat(parts));
}

/** An integer that is not negative. */
export function derInteger(value: bigint): Uint8Array {
  const bytes = unsignedBytes(value);
  return tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

export function derOctets(bytes: Uint8Array): Uint8Array {
  return tagged(0x04, bytes);
}

export function derBits(bytes: Uint8Array): Uint8Array {
  return tagged(0x03, Buffer.concat([Buffer.of(0), bytes]));
}

/** `[number]` around something, explicit. */
export function derContext(number: number, inner: Uint8Array): Uint8Array {
  return tagged(0xa0 | number, inner);
}

/** An object identifier whose content is given as hex. */
export function derObject(hex: string): Uint8Array {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

/** A number that is not negative, in as few bytes as it takes or in `length`. */
export function unsignedBytes(value: bigint, length = 1): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(even.padStart(length * 2, '0'), 'hex');
}

export function unsignedOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function tagged(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(tag), lengthBytes(content.length), content]);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Buffer.of(length);
  const bytes = unsignedBytes(BigInt(length));
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** One element of DER. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element whole, its header included. */
  readonly whole: Uint8Array;
}

/** The elements one after another; of what is cut or no DER, those before it. */
export function derElements(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const short = bytes[at + 1] ?? 0;
    const count = short < 0x80 ? 0 : short & 0x7f;
    if (count > 4) break;
    const from = at + 2 + count;
    const length = count === 0 ? short : Number(unsignedOf(bytes.subarray(at + 2, at + 2 + count)));
    if (from + length > bytes.length) break;
    const whole = bytes.subarray(at, from + length);
    elements.push({ tag: bytes[at] ?? 0, content: bytes.subarray(from, from + length), whole });
    at = from + length;
  }
  return elements;
}
