import type { ItemType } from '../tree.ts';

/** The byte of each type. */
export const typeCodes = {
  Structure: 0x01,
  Integer: 0x02,
  LongInteger: 0x03,
  BigInteger: 0x04,
  Enumeration: 0x05,
  Boolean: 0x06,
  TextString: 0x07,
  ByteString: 0x08,
  DateTime: 0x09,
  Interval: 0x0a,
  DateTimeExtended: 0x0b,
} as const satisfies Record<ItemType, number>;

/** Tag (3 bytes), type (1), length (4, big endian, padding not counted). */
export const headerBytes = 8;

/** With what fills up a value to the next multiple of 8. */
export function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
