import type { Item, ItemType, Tag, Version } from '../tree.ts';
import type { JsonProblemKind } from './problem-kinds.ts';

/** A way of writing KMIP as JSON: what its reader takes beside the standard's, and what it writes. */
export interface Dialect {
  readonly name: string;
  readonly reading: DialectReading;
  readonly writing: DialectWriting;
}

/** What a reader takes; each use of it is a problem. The standard's own form is always read. */
export interface DialectReading {
  /** The kinds of problems that are as good as none in this dialect. */
  readonly tolerates: ReadonlySet<JsonProblemKind>;
  /** Asked in their order for a tag of which the registry lacks the name. */
  readonly tagSpellings: readonly TagSpelling[];
  /** Asked in their order for an enumeration's value of which the registry lacks the name. */
  readonly valueSpellings: readonly ValueSpelling[];
  /** Applied in their order to each item, once its children are complete. */
  readonly rebuilds: readonly Rebuild[];
}

/** Where a tag's name stands. */
export interface TagPlace {
  readonly version: Version;
  /** Of the structure around it; `null`: nothing is around it. */
  readonly parent: Tag | null;
  /** The items before it in that structure. */
  readonly before: readonly Item[];
  /** All that is read. */
  readonly text: string;
}

/** What a name stands for; tag 0 keeps the name. */
export interface SpeltTag {
  readonly tag: Tag;
  readonly kind: JsonProblemKind;
}

export type TagSpelling = (name: string, place: TagPlace) => SpeltTag | null;

/** What an enumeration's value is meant by a name, if any. */
export type ValueSpelling = (
  name: string,
  place: { readonly namingTag: Tag; readonly version: Version },
) => number | null;

/** What an item becomes: items for its place, or `null`, which leaves it as it is. */
export type Rebuild = (
  item: Item,
  place: {
    readonly version: Version;
    report(kind: JsonProblemKind, found: string): void;
  },
) => readonly Item[] | null;

/** What a writer writes. */
export interface DialectWriting {
  /** The tree as this dialect shapes it. */
  readonly shape: (item: Item, version: Version) => Item;
  /** How a tag's normalised name is spelt. */
  readonly tagName: (name: string) => string;
  /** The JSON of the key `type`, comma included, of a structure. */
  readonly structureType: string;
  readonly values: ValueWriters;
}

/** Where an item is written. */
export interface WritingPlace {
  readonly version: Version;
  /** The items before it in the structure around it. */
  readonly before: readonly Item[];
}

/** What writes the JSON value of each type; structures are written as arrays. */
export type ValueWriters = {
  readonly [Type in Exclude<ItemType, 'Structure'>]: (
    item: Extract<Item, { type: Type }>,
    place: WritingPlace,
  ) => string;
};
