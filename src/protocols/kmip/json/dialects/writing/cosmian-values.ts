import { writtenSeconds } from '../../../written/dates.ts';
import type { ValueWriters } from '../../dialect.ts';
import { hexBig, hexBytes, hexLong, integer, unsigned } from '../../../written/hex.ts';
import { rustValue } from './rust-names.ts';

/**
 * Values as Cosmian's servers write and read them: 32 bits as numbers (hex of negative ones is
 * refused), 64 bits as hex in capitals, dates with `Z`, and 32 digits for a Date-Time Extended.
 */
export const cosmianValues: ValueWriters = {
  Integer: ({ value }) => `${integer(value)}`,
  LongInteger: ({ value }) => upper(hexLong(value)),
  BigInteger: ({ value }) => upper(hexBig(value)),
  Enumeration: rustValue,
  Boolean: ({ value }) => `${value}`,
  TextString: ({ value }) => JSON.stringify(value),
  ByteString: ({ value }) => `"${hexBytes(value).toUpperCase()}"`,
  DateTime: ({ value }) => {
    const seconds = writtenSeconds(value);
    return seconds === null ? upper(hexLong(value)) : `"${seconds}Z"`;
  },
  Interval: ({ value }) => `${unsigned(value)}`,
  DateTimeExtended: ({ value }) => {
    const digits = upper(hexLong(value)).slice(3, -1);
    return `"0x${(value < 0n ? 'F' : '0').repeat(16)}${digits}"`;
  },
};

/** In quotation marks, `0x` as it is. */
function upper(hex: string): string {
  return `"0x${hex.slice(2).toUpperCase()}"`;
}
