import type { Tag, Version } from '../tree.ts';
import { enumerations, type EnumerationName } from './enumerations.ts';
import { tagName, tagNamed, tagsOf } from './tag-names.ts';
import type { TagName } from './tags.ts';
import {
  enumerationsOfTwo,
  firstProfileNameOf20,
  valuesOf21,
  valuesOfOneOnly,
  valuesOfTwo,
} from './versions.ts';

/**
 * The normalised name of a value of the enumeration that a tag takes; `undefined`: none there.
 * Attribute Value takes that of its attribute: ask with `namingTag`.
 */
export function enumerationName(tag: Tag, value: number, version: Version): string | undefined {
  const enumeration = enumerationOf(tag, version);
  if (enumeration === undefined) return undefined;
  if (enumeration === 'Tag') return tagName(value, version);
  return tables[version].get(enumeration)?.names.get(value);
}

/** The value that a normalised name has in the enumeration that a tag takes. */
export function enumerationNamed(tag: Tag, name: string, version: Version): number | undefined {
  const enumeration = enumerationOf(tag, version);
  if (enumeration === undefined) return undefined;
  if (enumeration === 'Tag') return tagNamed(name, version);
  return tables[version].get(enumeration)?.values.get(name);
}

/** All names of the enumeration that a tag takes, with their values; none of `Tag` itself. */
export function enumerationValues(tag: Tag, version: Version): ReadonlyMap<string, number> {
  const enumeration = enumerationOf(tag, version);
  if (enumeration === undefined || enumeration === 'Tag') return nothing;
  return tables[version].get(enumeration)?.values ?? nothing;
}

/** The enumeration that a tag takes, if any; `Tag`: its values are tags. */
export function enumerationOf(tag: Tag, version: Version): EnumerationName | 'Tag' | undefined {
  return byTag[version].get(tag);
}

/** Tags that take an enumeration of another name. */
const borrowed: Readonly<Partial<Record<TagName, EnumerationName | 'Tag'>>> = {
  AttributeReference: 'Tag',
  ExtensionType: 'ItemType',
  LinkedObjectIdentifier: 'UniqueIdentifier',
  MaskGeneratorHashingAlgorithm: 'HashingAlgorithm',
  PrivateKeyUniqueIdentifier: 'UniqueIdentifier',
  PublicKeyUniqueIdentifier: 'UniqueIdentifier',
  ReplacedUniqueIdentifier: 'UniqueIdentifier',
  Tag: 'Tag',
};

interface Table {
  readonly values: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

const nothing: ReadonlyMap<string, number> = new Map();

const tables: Readonly<Record<Version, ReadonlyMap<string, Table>>> = {
  '1.4': tablesOf('1.4'),
  '2.0': tablesOf('2.0'),
  '2.1': tablesOf('2.1'),
};

function tablesOf(version: Version): ReadonlyMap<string, Table> {
  const known = Object.entries(enumerations).filter(
    ([enumeration]) => version !== '1.4' || !enumerationsOfTwo.includes(enumeration),
  );
  return new Map(
    known.map(([enumeration, rows]) => {
      const values = Object.entries(rows).filter(([name, value]) =>
        isOf(version, { enumeration, name, value }),
      );
      const names = values.map(([name, value]) => [value, name] as const);
      return [enumeration, { values: new Map(values), names: new Map(names) }];
    }),
  );
}

interface Row {
  readonly enumeration: string;
  readonly name: string;
  readonly value: number;
}

function isOf(version: Version, { enumeration, name, value }: Row): boolean {
  if (enumeration === 'ProfileName') return value < firstProfileNameOf20 === (version === '1.4');
  const isIn = (list: readonly string[] | undefined) => list?.includes(name) === true;
  if (version !== '1.4' && isIn(valuesOfOneOnly[enumeration])) return false;
  if (version === '1.4' && isIn(valuesOfTwo[enumeration])) return false;
  return version === '2.1' || !isIn(valuesOf21[enumeration]);
}

function isEnumerationName(name: string): name is EnumerationName {
  return Object.hasOwn(enumerations, name);
}

const byTag: Readonly<Record<Version, ReadonlyMap<Tag, EnumerationName | 'Tag'>>> = {
  '1.4': enumerationsOf('1.4'),
  '2.0': enumerationsOf('2.0'),
  '2.1': enumerationsOf('2.1'),
};

function enumerationsOf(version: Version): ReadonlyMap<Tag, EnumerationName | 'Tag'> {
  return new Map(
    tagsOf(version).flatMap(([name, tag]) => {
      const enumeration = borrowed[name] ?? (isEnumerationName(name) ? name : undefined);
      return enumeration === undefined ? [] : [[tag, enumeration] as const];
    }),
  );
}
