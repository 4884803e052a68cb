import { valuesOf } from './fields.ts';
import type { HttpHeader } from './message.ts';

/**
 * The moment that a message says it was made, ms since 1970; `null` where it says none.
 * @see RFC 9110, Date
 */
export function dateIn(headers: readonly HttpHeader[]): number | null {
  const [date] = valuesOf(headers, 'date');
  const atMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(atMs) ? null : atMs;
}
