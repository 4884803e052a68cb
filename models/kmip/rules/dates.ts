import { numberAt, type Fields } from '../fields.ts';

/** A time in seconds that every clock is past: models know no other time. */
const past = 1_700_000_000;

/** Whether a date of an object is past for certain. */
export function hasPassed(attributes: Fields, name: string): boolean {
  const date = numberAt(attributes, name);
  return date !== null && date > 0 && date < past;
}
