import type { Rules } from '../problem-log.ts';

/**
 * The rules of binary TTLV, each by the stable word of the problem of breaking it.
 *
 * @see OASIS KMIP Specification 2.1, 10.1 TTLV Encoding Fields
 */
export const rules = {
  // Of an item's header.
  foreignTag: 'tags begin with 42 (the standard) or 54 (extensions)',
  unknownType: 'types are 01 to 0B',
  wrongLength: 'Integer, Enumeration and Interval have 4 bytes, Boolean and dates 8',
  unalignedLength: 'the length of a Structure or Big Integer is a multiple of 8',
  childOverrun: 'an item ends within the structure that holds it',
  truncated: 'all bytes that a length declares are there',
  missingPadding: 'a value is padded to a multiple of 8 bytes',
  trailingBytes: 'nothing follows the outermost item',

  // Of values.
  booleanValue: 'a Boolean is 0 or 1 in 8 bytes',
  notUtf8: 'a Text String is UTF-8',
  nulTerminated: 'a Text String is not terminated by NUL',
  overlongBigInteger: 'a Big Integer has as few bytes as its sign allows, by eights',
  nonZeroPadding: 'padding is zero',

  // Of a stream.
  unbelievableHeader: 'an item begins with a tag, a type, and a length that its type can have',

  // Of ours.
  tooDeep: 'structures nest no deeper than the limit',
  tooLong: 'an item is no longer than the limit',
  tooManyItems: 'a message has no more than 500,000 items',
  furtherProblems: 'only the first problems are told',
} as const;

/** The stable word of a problem of binary TTLV. */
export type TtlvProblemKind = keyof typeof rules;

/**
 * What a reader may as well accept. The standard says that values are padded, never with what; it
 * asks for minimal Big Integers and unterminated texts, but nothing is unclear where they are not.
 */
const tolerable = ['nonZeroPadding', 'nulTerminated', 'overlongBigInteger'] as const;

/** The rules, as a log of problems takes them. */
export const ttlvRules: Rules<TtlvProblemKind> = { texts: rules, tolerable: new Set(tolerable) };
