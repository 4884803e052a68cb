import { enumerationNamedLoosely, tagNamedLoosely } from '../../../registry/loose-names.ts';
import type { TagSpelling, ValueSpelling } from '../../dialect.ts';

/** Tags spelt with other capitals and underscores: `Timestamp`, `QLength`. */
export const looseTag: TagSpelling = (name, { version }) => {
  const tag = tagNamedLoosely(name, version);
  return tag === undefined ? null : { tag, kind: 'tagSpelling' };
};

/** Values of enumerations spelt as Rust's variants are: `SHA256`, `Item_Not_Found`, `THREE_DES`. */
export const looseValue: ValueSpelling = (name, { namingTag, version }) =>
  enumerationNamedLoosely(namingTag, name, version) ?? null;
