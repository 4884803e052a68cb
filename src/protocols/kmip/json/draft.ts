import { step } from '../item-path.ts';
import { namingTag } from '../registry/naming-tag.ts';
import { tags } from '../registry/tags.ts';
import type { Item, ItemType, Tag, Version } from '../tree.ts';
import type { ValueSpelling } from './dialect.ts';
import type { JsonProblemKind } from './problem-kinds.ts';
import type { Reading } from './reading.ts';
import type { RawValue, Spot } from './spot.ts';

/** What was read of one item so far. */
export class Draft implements Spot {
  /** 0: not read yet, or nothing known; the label then stands for it. */
  tag: Tag = 0;
  /** How the tag is written. */
  label = noLabel;
  /** `null`: no type that there is. */
  type: ItemType | null = 'Structure';
  value: RawValue | undefined;
  valueAt: number;
  /** Where children wait for the tag that is written after them. */
  waitingAt: number | undefined;
  /** The bits of the keys that were read. */
  seen = 0;
  /** Offset of its opening brace. */
  readonly at: number;
  /** The items before it. */
  readonly siblings: Item[];
  /** The structure around it. */
  readonly parent: Draft | undefined;
  readonly #reading: Reading;

  constructor(
    at: number,
    siblings: Item[],
    { parent, reading }: { readonly parent: Draft | undefined; readonly reading: Reading },
  ) {
    this.at = at;
    this.valueAt = at;
    this.siblings = siblings;
    this.parent = parent;
    this.#reading = reading;
  }

  /** Whether its tag was written as a name that nothing knows. */
  get isUnknown(): boolean {
    return this.tag === 0 && this.label !== noLabel;
  }

  get version(): Version {
    return this.#reading.version;
  }

  get valueSpellings(): readonly ValueSpelling[] {
    return this.#reading.dialect.reading.valueSpellings;
  }

  get namingTag(): Tag {
    if (this.tag !== tags.AttributeValue) return this.tag;
    return namingTag(this.tag, this.version, { before: this.siblings });
  }

  /** Of the value. */
  report(kind: JsonProblemKind, found: string): void {
    this.tell(kind, this.valueAt, found);
  }

  tell(kind: JsonProblemKind, at: number, found: string): void {
    this.#reading.problems.add({ kind, at, found }, () => this.path());
  }

  /** From the root down; a tag that is not known is called as the text calls it. */
  path(): string {
    const own = this.tag === 0 ? this.label : step(this.tag, this.siblings);
    return this.parent === undefined ? own : `${this.parent.path()}/${own}`;
  }
}

/** Of an item without a name. */
const noLabel = '?';

/** The keys of an item, one bit each. */
export const keyBits = { tag: 1, type: 2, value: 4, name: 8 } as const;

/** The same of keys that are written with escapes. */
export const keyBitsByName: ReadonlyMap<string, number> = new Map(Object.entries(keyBits));
