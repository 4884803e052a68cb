import { utf8Text } from '#src/base/bytes.ts';
import type { Item, Tag } from '../tree.ts';
import type { TtlvProblemKind } from './rules.ts';
import { typeCodes } from './type-codes.ts';

/** Where an item lies. */
export interface Place {
  readonly tag: Tag;
  /** Offset of its header. */
  readonly at: number;
  /** Offset of its value. */
  readonly valueAt: number;
  /** Of the value, as declared. */
  readonly length: number;
}

/** What values are read from, and whom to tell what is wrong with them. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  tell(kind: TtlvProblemKind, place: Pick<Place, 'tag' | 'at'>, found: string): void;
}

/**
 * Reads a value all of whose bytes are there; `null`: it cannot be read, and it was told. Structures
 * are none.
 */
export function readValue(source: Source, place: Place, code: number): Item | null {
  const { view } = source;
  const { tag, valueAt } = place;
  if (code === typeCodes.TextString) return text(source, place);
  if (code === typeCodes.ByteString) return byteString(source, place);
  if (code === typeCodes.BigInteger) return bigInteger(source, place);
  const length = fixedLengths[code];
  if (length === undefined) return refused(source, place, 'unknownType');
  if (length !== place.length) return refused(source, place, 'wrongLength');
  switch (code) {
    case typeCodes.Integer:
      return { tag, type: 'Integer', value: view.getInt32(valueAt) };
    case typeCodes.Enumeration:
      return { tag, type: 'Enumeration', value: view.getUint32(valueAt) };
    case typeCodes.Interval:
      return { tag, type: 'Interval', value: view.getUint32(valueAt) };
    case typeCodes.LongInteger:
      return { tag, type: 'LongInteger', value: view.getBigInt64(valueAt) };
    case typeCodes.DateTime:
      return { tag, type: 'DateTime', value: view.getBigInt64(valueAt) };
    case typeCodes.DateTimeExtended:
      return { tag, type: 'DateTimeExtended', value: view.getBigInt64(valueAt) };
    default:
      return boolean(source, place);
  }
}

function refused(source: Source, place: Place, kind: 'unknownType' | 'wrongLength'): null {
  const type = source.bytes[place.at + 3] ?? 0;
  source.tell(kind, place, `type 0x${type.toString(16).padStart(2, '0')}, length ${place.length}`);
  return null;
}

function boolean(source: Source, place: Place): Item {
  const value = source.view.getBigUint64(place.valueAt);
  if (value > 1n) {
    source.tell('booleanValue', place, `value 0x${value.toString(16).padStart(16, '0')}`);
  }
  return { tag: place.tag, type: 'Boolean', value: value !== 0n };
}

function text(source: Source, place: Place): Item {
  const { tag, valueAt, length } = place;
  const value = asciiText(source.bytes, valueAt, length) ?? unicodeText(source, place);
  if (length > 0 && source.bytes[valueAt + length - 1] === 0) {
    source.tell('nulTerminated', place, 'a last byte 0');
  }
  return { tag, type: 'TextString', value };
}

/** Texts of so many bytes are read faster one by one than by Node. */
const fewBytes = 24;

/** The text of few bytes that are ASCII; `undefined`: of others. */
function asciiText(bytes: Uint8Array, at: number, length: number): string | undefined {
  if (length > fewBytes) return undefined;
  let value = '';
  for (let offset = at; offset < at + length; offset += 1) {
    const byte = bytes[offset] ?? 0;
    if (byte > 0x7f) return undefined;
    value += String.fromCharCode(byte);
  }
  return value;
}

function unicodeText(source: Source, place: Place): string {
  const bytes = valueBytes(source, place);
  const value = utf8Text(bytes);
  if (value !== null) return value;
  source.tell('notUtf8', place, `${place.length} bytes that are not`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function byteString(source: Source, place: Place): Item {
  return { tag: place.tag, type: 'ByteString', value: valueBytes(source, place) };
}

function valueBytes({ bytes }: Source, { valueAt, length }: Place): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + valueAt, length);
}

function bigInteger(source: Source, place: Place): Item | null {
  const { tag, valueAt, length } = place;
  const type = 'BigInteger';
  if (length === 0) return refused(source, place, 'wrongLength');
  if (length === 8) return { tag, type, value: source.view.getBigInt64(valueAt) };
  const bytes = valueBytes(source, place);
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('hex');
  const value = BigInt.asIntN(length * 8, BigInt(`0x${digits}`));
  if (length % 8 !== 0) source.tell('unalignedLength', place, `length ${length}`);
  else if (BigInt.asIntN(length * 8 - 64, value) === value) {
    source.tell('overlongBigInteger', place, `${length} bytes`);
  }
  return { tag, type, value };
}

/** By type code; the other types have any length. */
const fixedLengths: Readonly<Record<number, number>> = {
  [typeCodes.Integer]: 4,
  [typeCodes.Enumeration]: 4,
  [typeCodes.Interval]: 4,
  [typeCodes.LongInteger]: 8,
  [typeCodes.Boolean]: 8,
  [typeCodes.DateTime]: 8,
  [typeCodes.DateTimeExtended]: 8,
};

/** The length that a type must have; `undefined`: any, or no such type. */
export function fixedLength(code: number): number | undefined {
  return fixedLengths[code];
}
