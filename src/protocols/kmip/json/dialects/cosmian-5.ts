import type { Dialect } from '../dialect.ts';
import type { JsonProblemKind } from '../problem-kinds.ts';
import { oasis } from './oasis.ts';
import { bareOperation } from './reading/bare-operation.ts';
import { looseTag, looseValue } from './reading/loose-names.ts';
import { cosmianValues } from './writing/cosmian-values.ts';
import { rustTag } from './writing/rust-names.ts';

/**
 * JSON of Cosmian KMS 5: the standard's messages or bare operations, names as Rust's variants,
 * sixteen digits for 32 bits, large numbers. Written is only what that server reads.
 */
export const cosmian5: Dialect = {
  name: 'cosmian-5',
  reading: {
    tolerates: new Set<JsonProblemKind>([
      ...oasis.reading.tolerates,
      ...(['hexWidth', 'largeNumber', 'nestedArray', 'bareOperation'] as const),
      ...(['tagSpelling', 'enumerationSpelling'] as const),
    ]),
    tagSpellings: [bareOperation, looseTag],
    valueSpellings: [looseValue],
    rebuilds: [],
  },
  writing: {
    shape: (item) => item,
    tagName: rustTag,
    structureType: '',
    values: cosmianValues,
  },
};
