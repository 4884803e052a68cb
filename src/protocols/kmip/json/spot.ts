import type { Item, Tag, Version } from '../tree.ts';
import { OddNumber, type Scalar } from './cursor.ts';
import type { ValueSpelling } from './dialect.ts';
import type { JsonProblemKind } from './problem-kinds.ts';

/** The JSON value of an item, before its type is looked at. */
export type RawValue = Scalar | readonly Item[] | typeof anObject;

/** Stands for a JSON object, which is no value of any type. */
export const anObject = Symbol('an object');

/** Where a value stands, and what reads it. */
export interface Spot {
  readonly tag: Tag;
  /** The tag whose enumeration or mask names the value. */
  readonly namingTag: Tag;
  readonly version: Version;
  /** What spellings of names are read besides the standard's. */
  readonly valueSpellings: readonly ValueSpelling[];
  report(kind: JsonProblemKind, found: string): void;
}

/** Reports a value of a form that its type does not have. */
export function misfit(raw: RawValue, spot: Spot): null {
  spot.report('wrongForm', formOf(raw));
  return null;
}

/** The beginning of a name, for a report; never of a value that may be secret. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

function formOf(raw: RawValue): string {
  if (raw === null) return 'null';
  if (raw === anObject) return 'an object';
  if (raw instanceof OddNumber) return 'a number';
  if (typeof raw === 'object') return 'an array';
  return typeof raw === 'bigint' ? 'a number' : `a ${typeof raw}`;
}
