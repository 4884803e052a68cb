import type { Item, ItemType, Tag } from '../tree.ts';
import type { RawValue } from './spot.ts';

/** What was read of one item so far. */
export class Draft {
  tag: Tag | undefined;
  /** How the tag is written; `?` before it was read. */
  label = '?';
  /** Set where the label names no tag. */
  unknownName: string | undefined;
  /** `null`: no type that there is. */
  type: ItemType | null = 'Structure';
  value: RawValue | undefined;
  valueAt: number;
  /** Where children wait for the tag that is written after them. */
  waitingAt: number | undefined;
  /** One bit a key that was seen. */
  seen = 0;
  /** Offset of its opening brace. */
  readonly at: number;
  /** The items before it. */
  readonly siblings: Item[];

  constructor(at: number, siblings: Item[]) {
    this.at = at;
    this.valueAt = at;
    this.siblings = siblings;
  }
}

/** The keys of an item, one bit each. */
export const keyBits = { tag: 1, type: 2, value: 4, name: 8 } as const;

/** The same of keys that are written with escapes. */
export const keyBitsByName: ReadonlyMap<string, number> = new Map(Object.entries(keyBits));
