import { HarnessError } from '#src/base/errors.ts';
import type { Item } from '../tree.ts';
import { headerBytes, padded, typeCodes } from './type-codes.ts';

/**
 * Writes an item as binary TTLV: padded with zeros, Big Integers as short as they can be.
 *
 * The bytes may share their buffer with others.
 *
 * @throws HarnessError for a value or tag outside of its type's range.
 * @see OASIS KMIP Specification 2.1, 10.1
 */
export function writeTtlv(item: Item): Uint8Array {
  const bytes = Buffer.allocUnsafe(ttlvBytes(item));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  writeItem({ bytes, view }, item, 0);
  return bytes;
}

/** How many bytes an item has in TTLV, its header and padding counted. */
export function ttlvBytes(item: Item): number {
  switch (item.type) {
    case 'Structure': {
      let size = headerBytes;
      for (const child of item.value) size += ttlvBytes(child);
      return size;
    }
    case 'BigInteger':
      return headerBytes + bigBytes(item.value);
    case 'TextString':
      return headerBytes + padded(textBytes(item.value));
    case 'ByteString':
      return headerBytes + padded(item.value.length);
    default:
      return headerBytes + 8;
  }
}

interface Page {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Writes an item at an offset; the offset after it. */
function writeItem(page: Page, item: Item, at: number): number {
  const { view } = page;
  const { tag, type } = item;
  if (tag < 0 || tag > 0xff_ffff) throw outOfRange(item, tag);
  view.setUint32(at, tag * 0x100 + typeCodes[type]);
  const valueAt = at + headerBytes;
  switch (item.type) {
    case 'Structure': {
      let end = valueAt;
      for (const child of item.value) end = writeItem(page, child, end);
      view.setUint32(at + 4, end - valueAt);
      return end;
    }
    case 'Integer':
      if ((item.value | 0) !== item.value) throw outOfRange(item, item.value);
      view.setUint32(at + 4, 4);
      view.setInt32(valueAt, item.value);
      view.setUint32(valueAt + 4, 0);
      return valueAt + 8;
    case 'Enumeration':
    case 'Interval':
      if (item.value >>> 0 !== item.value) throw outOfRange(item, item.value);
      view.setUint32(at + 4, 4);
      view.setUint32(valueAt, item.value);
      view.setUint32(valueAt + 4, 0);
      return valueAt + 8;
    case 'LongInteger':
    case 'DateTime':
    case 'DateTimeExtended':
      if (BigInt.asIntN(64, item.value) !== item.value) throw outOfRange(item, item.value);
      view.setUint32(at + 4, 8);
      view.setBigInt64(valueAt, item.value);
      return valueAt + 8;
    case 'Boolean':
      view.setUint32(at + 4, 8);
      view.setUint32(valueAt, 0);
      view.setUint32(valueAt + 4, item.value ? 1 : 0);
      return valueAt + 8;
    case 'BigInteger': {
      const length = writeBig(page, item.value, valueAt);
      view.setUint32(at + 4, length);
      return valueAt + length;
    }
    case 'TextString': {
      const length = writeText(page, item.value, valueAt);
      view.setUint32(at + 4, length);
      return writePadding(page, valueAt + length, length);
    }
    case 'ByteString': {
      page.bytes.set(item.value, valueAt);
      const { length } = item.value;
      view.setUint32(at + 4, length);
      return writePadding(page, valueAt + length, length);
    }
  }
}

function writePadding({ bytes }: Page, at: number, length: number): number {
  const end = at + padded(length) - length;
  for (let offset = at; offset < end; offset += 1) bytes[offset] = 0;
  return end;
}

/** Texts of so many characters are read and written faster one by one than by Node. */
const fewCharacters = 24;

function textBytes(text: string): number {
  if (text.length > fewCharacters) return Buffer.byteLength(text);
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  }
  return text.length;
}

function writeText({ bytes }: Page, text: string, at: number): number {
  if (text.length > fewCharacters) return bytes.write(text, at);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return bytes.write(text, at);
    bytes[at + index] = code;
  }
  return text.length;
}

/** As few bytes as hold the value and its sign, by eights. */
function bigBytes(value: bigint): number {
  if (BigInt.asIntN(64, value) === value) return 8;
  const magnitude = value < 0n ? ~value : value;
  const digits = magnitude.toString(16);
  const bits = digits.length * 4 - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
  return padded(Math.floor(bits / 8) + 1);
}

function writeBig({ bytes, view }: Page, value: bigint, at: number): number {
  if (BigInt.asIntN(64, value) === value) {
    view.setBigInt64(at, value);
    return 8;
  }
  const length = bigBytes(value);
  const unsigned = BigInt.asUintN(length * 8, value);
  bytes.write(unsigned.toString(16).padStart(length * 2, '0'), at, 'hex');
  return length;
}

function outOfRange({ type }: Item, value: number | bigint): HarnessError {
  return new HarnessError('internal', `expected ${type} and tag in their range, got ${value}`);
}
