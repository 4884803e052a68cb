import { enumerationName } from '../../../registry/enumeration-names.ts';
import { tagNamed } from '../../../registry/tag-names.ts';
import { tags } from '../../../registry/tags.ts';
import type { TagSpelling } from '../../dialect.ts';

/** A managed object that is tagged `Object`: the Object Type before it says which it is. */
export const objectAlias: TagSpelling = (name, { before, version }) => {
  if (name !== 'Object') return null;
  const type = before.find(({ tag }) => tag === tags.ObjectType);
  if (type?.type !== 'Enumeration') return null;
  const object = enumerationName(tags.ObjectType, type.value, version);
  const tag = object === undefined ? undefined : tagNamed(object, version);
  return tag === undefined ? null : { tag, kind: 'tagAlias' };
};
