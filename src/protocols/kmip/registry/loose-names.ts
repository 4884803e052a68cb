import type { Tag, Version } from '../tree.ts';
import { enumerationNamed, enumerationValues } from './enumeration-names.ts';
import { tagNamed, tagsOf } from './tag-names.ts';

/**
 * The tag that an implementation means by a spelling of its own: letters' case and underscores
 * aside (`X509CertificateIdentifier`, `QLength`). `undefined`: none.
 */
export function tagNamedLoosely(name: string, version: Version): Tag | undefined {
  const exact = tagNamed(name, version);
  return exact ?? looseTags[version].get(folded(name));
}

/**
 * The value that an implementation means by a spelling of its own (`SHA256`, `Item_Not_Found`,
 * `THREE_DES`).
 */
export function enumerationNamedLoosely(
  tag: Tag,
  name: string,
  version: Version,
): number | undefined {
  const exact = enumerationNamed(tag, name, version);
  if (exact !== undefined) return exact;
  const plain = folded(name);
  return looseValuesOf(enumerationValues(tag, version)).get(aliases.get(plain) ?? plain);
}

/** Spellings that differ in more than case and underscores, folded; Cosmian KMS and OASIS tables. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['threedes', 'des3'],
  ['mfg1', 'mgf1'],
]);

/** By the table of an enumeration; made when it is first asked for. */
const looseValues = new WeakMap<ReadonlyMap<string, number>, ReadonlyMap<string, number>>();

function looseValuesOf(values: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const made = looseValues.get(values);
  if (made !== undefined) return made;
  const loose = new Map([...values].map(([name, value]) => [folded(name), value]));
  looseValues.set(values, loose);
  return loose;
}

const looseTags: Readonly<Record<Version, ReadonlyMap<string, Tag>>> = {
  '1.4': looseTagsOf('1.4'),
  '2.0': looseTagsOf('2.0'),
  '2.1': looseTagsOf('2.1'),
};

function looseTagsOf(version: Version): ReadonlyMap<string, Tag> {
  return new Map(tagsOf(version).map(([name, tag]) => [folded(name), tag]));
}

function folded(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
