import type { Dialect } from '../dialect.ts';
import { hexLong } from '../../written/hex.ts';
import type { JsonProblemKind } from '../problem-kinds.ts';
import { cosmian4 } from './cosmian-4.ts';
import { looseTag, looseValue } from './reading/loose-names.ts';
import { messageAlias } from './reading/message-aliases.ts';
import { mistypedTag } from './reading/mistyped-tag.ts';
import { nestedBatchItem } from './reading/nested-batch-item.ts';
import { otherType } from './reading/other-type.ts';
import { wrappedRepeat } from './reading/wrapped-repeat.ts';
import { wrappedValue } from './reading/wrapped-value.ts';
import { cosmianValues } from './writing/cosmian-values.ts';
import { pageMessage } from './writing/page-message.ts';
import { rustTag } from './writing/rust-names.ts';

/**
 * JSON as document 002 prints it, which no server ever read: relaxed in its commas and brackets,
 * slips of the pen, and messages half of Cosmian's version 4 and half of the standard. What is
 * written has that shape, but is JSON.
 *
 * @see Cosmian KMS, Bulk mode with Messages, Request and response example
 */
export const cosmianPage: Dialect = {
  name: 'cosmian-page',
  reading: {
    tolerates: new Set<JsonProblemKind>([
      ...cosmian4.reading.tolerates,
      ...(['trailingComma', 'missingBracket', 'tagMistyped', 'wrappedValue'] as const),
    ]),
    tagSpellings: [messageAlias, looseTag, mistypedTag],
    valueSpellings: [looseValue],
    rebuilds: [nestedBatchItem, wrappedRepeat, wrappedValue, otherType],
  },
  writing: {
    shape: pageMessage,
    tagName: rustTag,
    structureType: '"type":"Structure",',
    values: {
      ...cosmianValues,
      LongInteger: ({ value }) =>
        value > -fromHere && value < fromHere ? `${value}` : `"${hexLong(value)}"`,
    },
  },
};

/** From this magnitude on integers are hex. */
const fromHere = 2n ** 52n;
