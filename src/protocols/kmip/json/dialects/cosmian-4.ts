import type { Dialect } from '../dialect.ts';
import type { JsonProblemKind } from '../problem-kinds.ts';
import { cosmian5 } from './cosmian-5.ts';
import { bareOperation } from './reading/bare-operation.ts';
import { looseTag, looseValue } from './reading/loose-names.ts';
import { messageAlias } from './reading/message-aliases.ts';
import { nestedBatchItem } from './reading/nested-batch-item.ts';
import { objectAlias } from './reading/object-alias.ts';
import { otherType } from './reading/other-type.ts';
import { wrappedRepeat } from './reading/wrapped-repeat.ts';
import { cosmianValues } from './writing/cosmian-values.ts';
import { oldMessage } from './writing/old-message.ts';
import { rustTag } from './writing/rust-names.ts';

/**
 * JSON of Cosmian KMS 4 and of cloudproof_kms_js 4: `Message`, `Header` and `Items`, repeats
 * within a structure of their own tag, objects as `Object`, the type written of structures too.
 */
export const cosmian4: Dialect = {
  name: 'cosmian-4',
  reading: {
    tolerates: new Set<JsonProblemKind>([
      ...cosmian5.reading.tolerates,
      ...(['tagAlias', 'nestedBatchItem', 'wrappedRepeat', 'otherType'] as const),
    ]),
    tagSpellings: [messageAlias, objectAlias, bareOperation, looseTag],
    valueSpellings: [looseValue],
    rebuilds: [nestedBatchItem, wrappedRepeat, otherType],
  },
  writing: {
    shape: oldMessage,
    tagName: rustTag,
    structureType: '"type":"Structure",',
    values: cosmianValues,
  },
};
