import { enumerationName } from '../../registry/enumeration-names.ts';
import { maskBits, maskNames } from '../../registry/mask-names.ts';
import { tags } from '../../registry/tags.ts';
import type { Enumeration, IntegerItem } from '../../tree.ts';
import { writtenSeconds } from '../../written/dates.ts';
import type { Dialect, WritingPlace } from '../dialect.ts';
import { hexBig, hexBytes, hexInteger, hexLong, hexUnsigned } from '../../written/hex.ts';
import type { JsonProblemKind } from '../problem-kinds.ts';
import { namingOf } from './writing/naming-of.ts';

/**
 * JSON as the standard has it, written as its examples are: integers as hex, names where there are
 * any, dates in UTC with `+00:00`.
 *
 * Tolerated is what the standard or RFC 8259 lets a reader accept, or does not forbid a writer:
 * a byte order mark, fractions of seconds, `1.0`, dates without a zone, and keys of others. A
 * Date-Time Extended is read in either form in use, hex or a date; the standard shows none.
 */
export const oasis = {
  name: 'oasis',
  reading: {
    tolerates: new Set<JsonProblemKind>([
      ...([
        'byteOrderMark',
        'unknownKey',
        'numberForm',
        'dateFraction',
        'dateWithoutZone',
      ] as const),
    ]),
    tagSpellings: [],
    valueSpellings: [],
    rebuilds: [],
  },
  writing: {
    shape: (item) => item,
    tagName: (name) => name,
    structureType: '',
    values: {
      Integer: (item, place) => `"${maskText(item, place) ?? hexInteger(item.value)}"`,
      LongInteger: ({ value }) => `"${hexLong(value)}"`,
      BigInteger: ({ value }) => `"${hexBig(value)}"`,
      Enumeration: (item, place) => enumerationText(item, place),
      Boolean: ({ value }) => `${value}`,
      TextString: ({ value }) => JSON.stringify(value),
      ByteString: ({ value }) => `"${hexBytes(value)}"`,
      DateTime: ({ value }) => {
        const seconds = writtenSeconds(value);
        return seconds === null ? `"${hexLong(value)}"` : `"${seconds}+00:00"`;
      },
      Interval: ({ value }) => `"${hexUnsigned(value)}"`,
      DateTimeExtended: ({ value }) => `"${hexLong(value)}"`,
    },
  },
} satisfies Dialect;

function maskText({ tag, value }: IntegerItem, place: WritingPlace): string | undefined {
  if (tag !== tags.AttributeValue && maskBits(tag, place.version) === undefined) return undefined;
  return maskNames(namingOf(tag, place), value, place.version)?.join('|');
}

function enumerationText(item: Enumeration, place: WritingPlace): string {
  const { tag, value, unknownValue } = item;
  if (unknownValue !== undefined) return JSON.stringify(unknownValue);
  const name = enumerationName(namingOf(tag, place), value, place.version);
  return `"${name ?? hexUnsigned(value)}"`;
}
