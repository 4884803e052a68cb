import { momentIn } from '#src/base/date.ts';
import { valuesOf } from './fields.ts';
import type { HttpHeader } from './message.ts';

/**
 * The moment that a message says it was made, ms since 1970; `null` where it says none.
 * @see RFC 9110, Date
 */
export function dateIn(headers: readonly HttpHeader[]): number | null {
  const [date] = valuesOf(headers, 'date');
  return date === undefined ? null : momentIn(date);
}
