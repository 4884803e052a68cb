import { readMoment } from '../written/dates.ts';
import { readHex, readHexBytes } from '../written/hex.ts';
import { enumerationNamed } from '../registry/enumeration-names.ts';
import { maskBits } from '../registry/mask-names.ts';
import type { Item, ItemType, Tag, Version } from '../tree.ts';
import type { XmlProblemKind } from './rules.ts';

/** Where a value stands, and whom to tell what is wrong with it. */
export interface ValuePlace {
  readonly tag: Tag;
  /** The tag whose enumeration or mask has the names. */
  readonly naming: Tag;
  readonly version: Version;
  readonly tell: (kind: XmlProblemKind, found: string) => void;
}

/** A type that has a value of its own. */
export type LeafType = Exclude<ItemType, 'Structure'>;

/** Reads the value of an item from its attribute; `null`: it cannot be read, and it was told. */
export function readValue(type: LeafType, text: string, place: ValuePlace): Item | null {
  const { tag } = place;
  switch (type) {
    case 'Integer': {
      const value = readInteger(text, place);
      return value === null ? null : { tag, type, value };
    }
    case 'LongInteger': {
      const value = readNumber(text, { ...signed64, place });
      return value === null ? null : { tag, type, value };
    }
    case 'Interval': {
      const value = readNumber(text, { ...unsigned32, place });
      return value === null ? null : { tag, type, value: Number(value) };
    }
    case 'DateTime':
    case 'DateTimeExtended': {
      const value = readDate(type, text, place);
      return value === null ? null : { tag, type, value };
    }
    case 'BigInteger': {
      const value = readBig(text, place);
      return value === null ? null : { tag, type, value };
    }
    case 'Enumeration':
      return readEnumeration(text, place);
    case 'Boolean': {
      const value = readBoolean(text, place);
      return value === null ? null : { tag, type, value };
    }
    case 'TextString':
      return { tag, type, value: text };
    case 'ByteString': {
      const value = readHexBytes(text);
      return value === null ? refused(place, 'badHex', quoted(text)) : { tag, type, value };
    }
  }
}

interface Range {
  readonly bits: 32 | 64;
  readonly isSigned: boolean;
}

const signed32: Range = { bits: 32, isSigned: true };
const unsigned32: Range = { bits: 32, isSigned: false };
const signed64: Range = { bits: 64, isSigned: true };

function readNumber(
  text: string,
  { bits, isSigned, place }: Range & { readonly place: ValuePlace },
): bigint | null {
  const hex = readHex(text);
  if (hex !== null) {
    if (hex.digits > bits / 4) return refused(place, 'outOfRange', quoted(text));
    if (hex.digits < bits / 4) place.tell('hexWidth', quoted(text));
    return isSigned ? BigInt.asIntN(bits, hex.bits) : hex.bits;
  }
  if (!/^[+-]?\d{1,40}$/.test(text)) return refused(place, 'badNumber', quoted(text));
  const value = BigInt(text.replace('+', ''));
  const fitting = isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  return fitting === value ? value : refused(place, 'outOfRange', quoted(text));
}

/** A number, or the names of the bits of a mask. */
function readInteger(text: string, place: ValuePlace): number | null {
  const bits = maskBits(place.naming, place.version);
  const isNumber = /^(?:[+-]?\d+|0x[0-9a-fA-F]+)$/.test(text);
  if (bits === undefined || isNumber) {
    const value = readNumber(text, { ...signed32, place });
    return value === null ? null : Number(value);
  }
  if (text.includes('|')) place.tell('maskSeparator', quoted(text));
  let mask = 0;
  for (const part of text.trim().split(/[\s|]+/)) {
    const bit = bits.get(part) ?? maskPart(part);
    if (bit === null) return refused(place, 'unknownMaskBit', quoted(part));
    mask |= bit;
  }
  return mask;
}

function maskPart(part: string): number | null {
  const hex = readHex(part);
  return part !== '' && hex !== null && hex.digits <= 8 ? Number(hex.bits) : null;
}

function readBig(text: string, place: ValuePlace): bigint | null {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (!/^[0-9a-fA-F]+$/.test(digits)) return refused(place, 'badHex', quoted(text));
  if (digits !== text) place.tell('badHex', quoted(text));
  if (digits.length % 16 !== 0) place.tell('hexWidth', `${digits.length} digits`);
  return BigInt.asIntN(digits.length * 4, BigInt(`0x${digits}`));
}

function readEnumeration(text: string, place: ValuePlace): Item | null {
  const { tag, naming, version } = place;
  const type = 'Enumeration';
  if (/^[+-]?\d|^$/.test(text)) {
    const value = readNumber(text, { ...unsigned32, place });
    return value === null ? null : { tag, type, value: Number(value) };
  }
  const named = enumerationNamed(naming, text, version);
  if (named !== undefined) return { tag, type, value: named };
  place.tell('unknownEnumeration', quoted(text));
  return { tag, type, value: 0, unknownValue: text };
}

function readBoolean(text: string, place: ValuePlace): boolean | null {
  const known = booleans.get(text);
  return known ?? refused(place, 'badBoolean', quoted(text));
}

/** As XML Schema has them, and as hex. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['0x0000000000000001', true],
  ['false', false],
  ['0', false],
  ['0x0000000000000000', false],
]);

function readDate(type: 'DateTime' | 'DateTimeExtended', text: string, place: ValuePlace) {
  if (/^(?:0x[0-9a-fA-F]+|-?\d+)$/.test(text)) return readNumber(text, { ...signed64, place });
  const moment = readMoment(text);
  if (moment === null) return refused(place, 'badDate', quoted(text));
  const isExtended = type === 'DateTimeExtended';
  if (!moment.hasZone) place.tell('dateWithoutZone', quoted(text));
  if (!isExtended && moment.fractionDigits > 0) place.tell('dateFraction', quoted(text));
  const { seconds, microseconds } = moment;
  const value = isExtended ? seconds * 1_000_000n + BigInt(microseconds) : seconds;
  if (BigInt.asIntN(64, value) !== value) return refused(place, 'outOfRange', quoted(text));
  return value;
}

function refused(place: ValuePlace, kind: XmlProblemKind, found: string): null {
  place.tell(kind, found);
  return null;
}

/** A text of a peer as it is told: its beginning, on one line. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
