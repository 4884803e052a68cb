import { HarnessError } from '#src/base/errors.ts';
import type { Tag } from '../tree.ts';

/** An integer that hex says: its bits unsigned, and how many digits were written. */
interface Hex {
  readonly bits: bigint;
  readonly digits: number;
}

/** Reads `0x` and hexadecimal digits; `null` where there is anything else. */
export function readHex(text: string): Hex | null {
  if (!/^0x[0-9a-fA-F]+$/.test(text)) return null;
  return { bits: BigInt(text), digits: text.length - 2 };
}

/** The bytes of hexadecimal digits; `null` where they are no whole bytes or something else. */
export function readHexBytes(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'hex');
  // Node stops at the first pair that is no byte.
  if (bytes.length * 2 !== text.length) return null;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Six digits of a tag. */
export function hexTag(tag: Tag): string {
  if (tag < 0 || tag > 0xff_ffff) throw outOfRange('a tag', tag);
  return `0x${tag.toString(16).padStart(6, '0')}`;
}

/** Eight digits of a signed integer of 32 bits. */
export function hexInteger(value: number): string {
  return hexUnsigned(integer(value) >>> 0);
}

/** Eight digits of an unsigned integer of 32 bits. */
export function hexUnsigned(value: number): string {
  return `0x${unsigned(value).toString(16).padStart(8, '0')}`;
}

/** The same, if it is a signed integer of 32 bits. */
export function integer(value: number): number {
  if ((value | 0) !== value) throw outOfRange('an integer of 32 bits', value);
  return value;
}

/** The same, if it is an unsigned integer of 32 bits. */
export function unsigned(value: number): number {
  if (value >>> 0 !== value) throw outOfRange('an unsigned integer of 32 bits', value);
  return value;
}

/** Sixteen digits of a signed integer of 64 bits. */
export function hexLong(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) throw outOfRange('an integer of 64 bits', value);
  return `0x${BigInt.asUintN(64, value).toString(16).padStart(16, '0')}`;
}

/** A multiple of sixteen digits, as few as hold the value with its sign. */
export function hexBig(value: bigint): string {
  const magnitude = value < 0n ? ~value : value;
  const width = Math.ceil((magnitude.toString(2).length + 1) / 64) * 64;
  const digits = BigInt.asUintN(width, value).toString(16);
  return `0x${digits.padStart(width / 4, '0')}`;
}

/** Two digits a byte, without `0x`. */
export function hexBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function outOfRange(expected: string, value: number | bigint): HarnessError {
  return new HarnessError('internal', `expected ${expected}, got ${value}`);
}
