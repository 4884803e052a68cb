import type { Item, Tag, Version } from '../tree.ts';
import { normalisedName } from './normalised-name.ts';
import { tagNamed } from './tag-names.ts';
import { tags } from './tags.ts';

/**
 * The tag whose enumeration or mask names the value of an item: its own, but of an Attribute Value
 * (KMIP 1.x) that of the attribute, which is named by the Attribute Name before it.
 */
export function namingTag(
  tag: Tag,
  version: Version,
  { before }: { readonly before: readonly Item[] },
): Tag {
  if (tag !== tags.AttributeValue) return tag;
  const name = before.find((item) => item.tag === tags.AttributeName);
  if (name?.type !== 'TextString') return tag;
  return tagNamed(normalisedName(name.value), version) ?? tag;
}
