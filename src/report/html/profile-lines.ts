import { bounded } from './pack.ts';

/** Names of members whose values are nobody's business. */
const secret = /pass(?:word|phrase)?$|secret|token|credential|psk|private/i;

/** A profile as names and values, without what is secret and what is not set. */
export function profileLines(
  value: unknown,
  name = '',
): readonly (readonly [name: string, value: string])[] {
  if (value === null || value === undefined) return [];
  if (secret.test(name)) return [[name, 'set, not shown']];
  if (typeof value !== 'object') return [[name, bounded(withoutUser(String(value)), 500)]];
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [[name, bounded(value.map(plain).join(', '), 500)]];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    profileLines(member, name === '' ? key : `${name}.${key}`),
  );
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : withoutUser(String(value));
}

/** A URL without the user and the password in it. */
export function withoutUser(text: string): string {
  return text.replace(/(:\/\/)[^\s/@]+@/g, '$1…@');
}
