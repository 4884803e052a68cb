import { OddNumber } from './cursor.ts';
import { readHex } from '../written/hex.ts';
import { misfit, type RawValue, type Spot } from './spot.ts';

/** The integers of a type, and its hex. */
export interface IntegerRange {
  /** Of its hex; 0: a multiple of sixteen. */
  readonly digits: number;
  readonly isSigned: boolean;
  readonly least?: bigint;
  readonly most?: bigint;
}

export const unsigned32: IntegerRange = {
  digits: 8,
  isSigned: false,
  least: 0n,
  most: 0xffff_ffffn,
};
export const signed32: IntegerRange = {
  digits: 8,
  isSigned: true,
  least: -0x8000_0000n,
  most: 0x7fff_ffffn,
};
export const signed64: IntegerRange = {
  digits: 16,
  isSigned: true,
  least: -(2n ** 63n),
  most: 2n ** 63n - 1n,
};
export const zeroOrOne: IntegerRange = { digits: 16, isSigned: false, least: 0n, most: 1n };
export const anySize: IntegerRange = { digits: 0, isSigned: true };

/** An integer of 32 bits; `null`, after a report, where there is none. */
export function readSmallInteger(raw: RawValue, spot: Spot, range: IntegerRange): number | null {
  const simple = simpleInteger(raw, range);
  if (simple !== null) return simple;
  const value = readInteger(raw, spot, range);
  return value === null ? null : Number(value);
}

/** An integer of any size; `null`, after a report, where there is none. */
export function readInteger(raw: RawValue, spot: Spot, range: IntegerRange): bigint | null {
  const value = unranged(raw, spot, range);
  if (value === null) return null;
  const { least = value, most = value } = range;
  if (value >= least && value <= most) return value;
  spot.report('outOfRange', `an integer of ${value.toString(16).length} hexadecimal digits`);
  return null;
}

/** What most integers are, without the cost of `bigint`. */
function simpleInteger(raw: RawValue, { isSigned }: IntegerRange): number | null {
  if (typeof raw === 'number' && raw >= 0 && raw < 0x8000_0000) return raw;
  if (typeof raw !== 'string' || !/^0x[0-9a-fA-F]{8}$/.test(raw)) return null;
  const bits = Number(raw);
  return isSigned ? bits | 0 : bits;
}

function unranged(raw: RawValue, spot: Spot, range: IntegerRange): bigint | null {
  if (typeof raw === 'string') return ofHex(raw, spot, range);
  if (raw instanceof OddNumber) return ofOddNumber(raw.literal, spot);
  if (typeof raw !== 'number' && typeof raw !== 'bigint') return misfit(raw, spot);
  if (range.digits !== 8 && (raw >= fromHere || raw <= -fromHere)) {
    spot.report('largeNumber', 'a number that other readers may round');
  }
  return BigInt(raw);
}

/** From this magnitude on integers are hex. */
const fromHere = 2 ** 52;

/** Hex of too few digits is read as if it had leading zeros, of too many in its own width. */
function ofHex(text: string, spot: Spot, { digits, isSigned }: IntegerRange): bigint | null {
  const hex = readHex(text);
  if (hex === null) {
    spot.report('badHex', `a text of ${text.length} characters for an integer`);
    return null;
  }
  const isFull = digits === 0 ? hex.digits % 16 === 0 : hex.digits === digits;
  if (!isFull) spot.report('hexWidth', `${hex.digits} digits`);
  const hasSign = isFull || (digits > 0 && hex.digits > digits);
  return isSigned && hasSign ? BigInt.asIntN(hex.digits * 4, hex.bits) : hex.bits;
}

function ofOddNumber(literal: string, spot: Spot): bigint | null {
  const value = Number(literal);
  if (!Number.isSafeInteger(value)) {
    spot.report('outOfRange', 'a number that is no integer, or too large for one');
    return null;
  }
  spot.report('numberForm', 'a number with a fraction or an exponent');
  return BigInt(value);
}
