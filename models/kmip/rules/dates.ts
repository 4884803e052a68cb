import { numberAt, type Fields } from '../fields.ts';

/** Times in seconds that every clock is past, and that none is: models know no other time. */
const past = 1_700_000_000;
const future = 4_102_444_800;

/** Whether a date of an object is past for certain. */
export function hasPassed(attributes: Fields, name: string): boolean {
  const date = numberAt(attributes, name);
  return date !== null && date > 0 && date < past;
}

/** Whether a date of an object is yet to come for certain. */
export function isToCome(attributes: Fields, name: string): boolean {
  return (numberAt(attributes, name) ?? 0) > future;
}
