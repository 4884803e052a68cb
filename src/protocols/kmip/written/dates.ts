/** A moment as an XML Schema dateTime says it. */
export interface Moment {
  /** Since 1970, as if in UTC where no zone is said; the fraction is cut off. */
  readonly seconds: bigint;
  /** Of the second: 0 to 999,999; what is finer is cut off. */
  readonly microseconds: number;
  readonly hasZone: boolean;
  /** How many digits the fraction has. */
  readonly fractionDigits: number;
}

/**
 * Reads an XML Schema dateTime (`1969-12-31T23:59:59.5-01:00`), of any year; `null`: it is none.
 *
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTime
 */
export function readMoment(text: string): Moment | null {
  const parts = form.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(Number);
  const [fraction = '', zone] = parts.slice(7);
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null;
  const isMidnightAfter = hour === 24 && minute === 0 && second === 0 && !/[1-9]/.test(fraction);
  if ((hour > 23 && !isMidnightAfter) || minute > 59 || second > 59) return null;
  const offset = zone === undefined ? 0 : offsetSeconds(zone);
  if (offset === null) return null;
  const inDay = hour * 3600 + minute * 60 + second - offset;
  return {
    seconds: BigInt(daysSince1970(year, month, day)) * 86_400n + BigInt(inDay),
    microseconds: Number(fraction.slice(0, 6).padEnd(6, '0')),
    hasZone: zone !== undefined,
    fractionDigits: fraction.length,
  };
}

/** A moment in UTC to the second, without its zone; `null`: in none of the years 1 to 9999. */
export function writtenSeconds(seconds: bigint): string | null {
  if (seconds < firstSecond || seconds > lastSecond) return null;
  const day = Number(floored(seconds, 86_400n));
  const inDay = Number(seconds) - day * 86_400;
  const [year, month, dayOfMonth] = dateOf(day);
  const two = (value: number) => value.toString().padStart(2, '0');
  const time = [inDay / 3600, (inDay / 60) % 60, inDay % 60].map((part) => two(Math.floor(part)));
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}T${time.join(':')}`;
}

function floored(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

/** The date of a day since 1970: the inverse of `daysSince1970`, found from an estimate. */
function dateOf(day: number): readonly [year: number, month: number, day: number] {
  let year = Math.floor(day / 365.2425) + 1970;
  if (daysSince1970(year, 1, 1) > day) year -= 1;
  else if (daysSince1970(year + 1, 1, 1) <= day) year += 1;
  const month = twelve.findLast((one) => daysSince1970(year, one, 1) <= day) ?? 1;
  return [year, month, day - daysSince1970(year, month, 1) + 1];
}

const twelve = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** 0001-01-01T00:00:00Z. */
const firstSecond = -62_135_596_800n;
/** 9999-12-31T23:59:59Z. */
const lastSecond = 253_402_300_799n;

/** Years of more than twelve digits lie beyond any 64-bit date. */
const form =
  /^(-?(?:\d{4}|[1-9]\d{4,11}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

/** At most 14 hours, as XML Schema has it; `null`: not a zone. */
function offsetSeconds(zone: string): number | null {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Proleptic Gregorian calendar; years begin in March, so that leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 1;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
