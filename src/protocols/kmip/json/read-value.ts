import { enumerationNamed } from '../registry/enumeration-names.ts';
import { maskBits } from '../registry/mask-names.ts';
import type { Enumeration, Item, ItemType } from '../tree.ts';
import { readMoment, type Moment } from '../written/dates.ts';
import { readHexBytes } from '../written/hex.ts';
import {
  anySize,
  readInteger,
  readSmallInteger,
  signed32,
  signed64,
  unsigned32,
  zeroOrOne,
} from './read-integer.ts';
import { misfit, quoted, type RawValue, type Spot } from './spot.ts';

/** What reads the JSON value of each type; `null`, after a report, where it says none. */
export const valueReaders: {
  readonly [Type in ItemType]: (raw: RawValue, spot: Spot) => Extract<Item, { type: Type }> | null;
} = {
  Structure: (raw, spot) => {
    const value = raw === null ? [] : isItems(raw) ? raw : misfit(raw, spot);
    return value === null ? null : { tag: spot.tag, type: 'Structure', value };
  },
  Integer: (raw, spot) => {
    const value = isMask(raw, spot) ? maskOf(raw, spot) : readSmallInteger(raw, spot, signed32);
    return value === null ? null : { tag: spot.tag, type: 'Integer', value };
  },
  LongInteger: (raw, spot) => {
    const value = readInteger(raw, spot, signed64);
    return value === null ? null : { tag: spot.tag, type: 'LongInteger', value };
  },
  BigInteger: (raw, spot) => {
    const value = readInteger(raw, spot, anySize);
    return value === null ? null : { tag: spot.tag, type: 'BigInteger', value };
  },
  Enumeration: (raw, spot) => {
    if (typeof raw === 'string' && !raw.startsWith('0x')) return named(raw, spot);
    const value = readSmallInteger(raw, spot, unsigned32);
    return value === null ? null : { tag: spot.tag, type: 'Enumeration', value };
  },
  Boolean: (raw, spot) => {
    const value = typeof raw === 'boolean' ? raw : hexBoolean(raw, spot);
    return value === null ? null : { tag: spot.tag, type: 'Boolean', value };
  },
  TextString: (raw, spot) => {
    if (typeof raw !== 'string') return misfit(raw, spot);
    if (raw.isWellFormed()) return { tag: spot.tag, type: 'TextString', value: raw };
    spot.report('loneSurrogate', 'half of a surrogate pair, read as U+FFFD');
    return { tag: spot.tag, type: 'TextString', value: raw.toWellFormed() };
  },
  ByteString: (raw, spot) => {
    const value = typeof raw === 'string' ? bytes(raw, spot) : misfit(raw, spot);
    return value === null ? null : { tag: spot.tag, type: 'ByteString', value };
  },
  DateTime: (raw, spot) => {
    const value = date(raw, spot, secondsOf);
    return value === null ? null : { tag: spot.tag, type: 'DateTime', value };
  },
  Interval: (raw, spot) => {
    const value = readSmallInteger(raw, spot, unsigned32);
    return value === null ? null : { tag: spot.tag, type: 'Interval', value };
  },
  DateTimeExtended: (raw, spot) => {
    const value = date(raw, spot, microsecondsOf);
    return value === null ? null : { tag: spot.tag, type: 'DateTimeExtended', value };
  },
};

function isItems(raw: RawValue): raw is readonly Item[] {
  return Array.isArray(raw);
}

function isMask(raw: RawValue, { namingTag, version }: Spot): raw is string {
  if (typeof raw !== 'string' || (raw.startsWith('0x') && !raw.includes('|'))) return false;
  return maskBits(namingTag, version) !== undefined;
}

function maskOf(text: string, spot: Spot): number {
  const bits = maskBits(spot.namingTag, spot.version);
  let mask = 0;
  for (const part of text.split('|')) {
    const isHex = /^0x[0-9a-fA-F]{8}$/.test(part);
    const bit = isHex ? Number(part) : bits?.get(part);
    if (bit === undefined) spot.report('unknownMaskBit', quoted(part));
    mask |= bit ?? 0;
  }
  return mask;
}

function named(name: string, spot: Spot): Enumeration {
  const { tag, namingTag, version } = spot;
  const value = enumerationNamed(namingTag, name, version) ?? spelt(name, spot);
  if (value !== null) return { tag, type: 'Enumeration', value };
  spot.report('unknownEnumeration', quoted(name));
  return { tag, type: 'Enumeration', value: 0, unknownValue: name };
}

function spelt(name: string, spot: Spot): number | null {
  for (const spelling of spot.valueSpellings) {
    const value = spelling(name, spot);
    if (value === null) continue;
    spot.report('enumerationSpelling', quoted(name));
    return value;
  }
  return null;
}

function hexBoolean(raw: RawValue, spot: Spot): boolean | null {
  if (typeof raw !== 'string') return misfit(raw, spot);
  const value = readInteger(raw, spot, zeroOrOne);
  return value === null ? null : value === 1n;
}

function bytes(text: string, spot: Spot): Uint8Array | null {
  const isPrefixed = text.startsWith('0x');
  const value = readHexBytes(isPrefixed ? text.slice(2) : text);
  if (value === null || isPrefixed) {
    spot.report('badHex', `a text of ${text.length} characters for bytes`);
  }
  return value;
}

function date(
  raw: RawValue,
  spot: Spot,
  unit: (moment: Moment, spot: Spot) => bigint,
): bigint | null {
  if (typeof raw !== 'string' || raw.startsWith('0x')) {
    return typeof raw === 'string' ? readInteger(raw, spot, signed64) : misfit(raw, spot);
  }
  const moment = readMoment(raw);
  if (moment === null) {
    spot.report('badDate', quoted(raw));
    return null;
  }
  if (!moment.hasZone) spot.report('dateWithoutZone', `${quoted(raw)}, read as UTC`);
  const value = unit(moment, spot);
  if (BigInt.asIntN(64, value) === value) return value;
  spot.report('outOfRange', quoted(raw));
  return null;
}

function secondsOf({ seconds, fractionDigits }: Moment, spot: Spot): bigint {
  if (fractionDigits > 0) spot.report('dateFraction', 'a fraction, cut off');
  return seconds;
}

function microsecondsOf({ seconds, microseconds, fractionDigits }: Moment, spot: Spot): bigint {
  if (fractionDigits > 6) spot.report('dateFraction', 'digits after the microseconds, cut off');
  return seconds * 1_000_000n + BigInt(microseconds);
}
