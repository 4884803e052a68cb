import type { Tag, Version } from '../tree.ts';
import { firstTagOf20, firstTagOf21, tags, tagsOfOneOnly, type TagName } from './tags.ts';

/** The normalised name of a tag in a version; `undefined`: reserved or unknown there. */
export function tagName(tag: Tag, version: Version): TagName | undefined {
  return names[version].get(tag);
}

/** The tag of a normalised name in a version; `undefined`: no such name there. */
export function tagNamed(name: string, version: Version): Tag | undefined {
  return numbers[version].get(name);
}

/** All tags of a version with their names, in the order of their numbers. */
export function tagsOf(version: Version): readonly (readonly [TagName, Tag])[] {
  return tables[version];
}

const all: readonly (readonly [TagName, Tag])[] = Object.keys(tags)
  .filter(isTagName)
  .map((name) => [name, tags[name]]);
const goneSince20 = new Set<TagName>(tagsOfOneOnly);

const tables: Readonly<Record<Version, typeof all>> = {
  '1.4': all.filter(([, tag]) => tag < firstTagOf20),
  '2.0': all.filter(([name, tag]) => tag < firstTagOf21 && !goneSince20.has(name)),
  '2.1': all.filter(([name]) => !goneSince20.has(name)),
};

const names: Readonly<Record<Version, ReadonlyMap<Tag, TagName>>> = {
  '1.4': namesOf('1.4'),
  '2.0': namesOf('2.0'),
  '2.1': namesOf('2.1'),
};

const numbers: Readonly<Record<Version, ReadonlyMap<string, Tag>>> = {
  '1.4': new Map(tables['1.4']),
  '2.0': new Map(tables['2.0']),
  '2.1': new Map(tables['2.1']),
};

function namesOf(version: Version): ReadonlyMap<Tag, TagName> {
  return new Map(tables[version].map(([name, tag]) => [tag, name]));
}

function isTagName(name: string): name is TagName {
  return Object.hasOwn(tags, name);
}
