import { tagName } from './registry/tag-names.ts';
import type { Item, Tag } from './tree.ts';

/** How a problem's path calls an item: by its name in any version, or by its tag as hex. */
export function stepName(tag: Tag): string {
  const name = tagName(tag, '2.1') ?? tagName(tag, '1.4');
  return name ?? `0x${tag.toString(16).padStart(6, '0')}`;
}

/**
 * One step of a path: the name, and from the second sibling of that tag on which of them it is,
 * counted from 0 (`BatchItem`, `BatchItem[1]`). `before`: the siblings before it.
 */
export function step(tag: Tag, before: readonly Item[]): string {
  const index = before.filter((item) => item.tag === tag).length;
  return index === 0 ? stepName(tag) : `${stepName(tag)}[${index}]`;
}
