import { namingTag } from '../../../registry/naming-tag.ts';
import { tags } from '../../../registry/tags.ts';
import type { Tag } from '../../../tree.ts';
import type { WritingPlace } from '../../dialect.ts';

/** The tag whose enumeration or mask names a value that is written. */
export function namingOf(tag: Tag, { before, version }: WritingPlace): Tag {
  return tag === tags.AttributeValue ? namingTag(tag, version, { before }) : tag;
}
