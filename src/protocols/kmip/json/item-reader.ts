import { step } from '../item-path.ts';
import { namingTag } from '../registry/naming-tag.ts';
import { tagNamed } from '../registry/tag-names.ts';
import { tags } from '../registry/tags.ts';
import type { Item, ItemType, Limits, Tag, Version } from '../tree.ts';
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
  type Cursor,
} from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { Draft, keyBits, keyBitsByName } from './draft.ts';
import { oddTag } from './odd-tag.ts';
import type { JsonProblemKind } from './problem-kinds.ts';
import type { ProblemList } from './problem-list.ts';
import { valueReaders } from './read-value.ts';
import { anObject, quoted, type Spot } from './spot.ts';

/** How a text is read. */
export interface Reading {
  readonly text: string;
  readonly version: Version;
  readonly dialect: Dialect;
  readonly limits: Limits;
  readonly problems: ProblemList;
}

/** Reads the items of a JSON text in one pass. */
export class ItemReader implements Spot {
  readonly #cursor: Cursor;
  readonly #reading: Reading;
  /** The structures around what is read, from the root down. */
  readonly #around: Draft[] = [];
  /** Arrays around what is read, those without a structure included. */
  #depth = 0;
  #draft: Draft | undefined;

  constructor(cursor: Cursor, reading: Reading) {
    this.#cursor = cursor;
    this.#reading = reading;
  }

  /** The one item of the text; `null` where there is none. */
  root(): Item | null {
    const items: Item[] = [];
    this.#element(items);
    const after = this.#cursor.peek();
    if (!Number.isNaN(after)) this.#add('textAfterEnd', this.#cursor.at, 'more text');
    return items[0] ?? null;
  }

  // What value readers ask about the item that they read.

  get tag(): Tag {
    return this.#draft?.tag ?? 0;
  }

  get namingTag(): Tag {
    const tag = this.tag;
    if (tag !== tags.AttributeValue || this.#draft === undefined) return tag;
    return namingTag(tag, this.version, { before: this.#draft.siblings });
  }

  get version(): Version {
    return this.#reading.version;
  }

  get valueSpellings(): Dialect['reading']['valueSpellings'] {
    return this.#reading.dialect.reading.valueSpellings;
  }

  report(kind: JsonProblemKind, found: string): void {
    this.#add(kind, this.#draft?.valueAt ?? this.#cursor.at, found, this.#draft);
  }

  /** After the opening bracket, up to the closing one. */
  #elements(items: Item[]): void {
    const cursor = this.#cursor;
    if (cursor.take(closeBracket)) return;
    do this.#element(items);
    while (cursor.take(comma));
    if (!cursor.take(closeBracket)) cursor.fail('a comma or ]');
  }

  #element(items: Item[]): void {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (first === openBrace) {
      this.#item(items);
    } else if (first === openBracket) {
      this.#add('nestedArray', cursor.at, 'an array');
      this.#children(items);
    } else {
      const at = cursor.at;
      const value = cursor.scalar();
      if (cursor.failure !== undefined) return;
      this.#add('notAnObject', at, value === null ? 'null' : `a ${typeof value}`);
    }
  }

  /** At the opening bracket. */
  #children(items: Item[]): void {
    const cursor = this.#cursor;
    const deepest = Math.min(this.#reading.limits.depth, mostDepth);
    if (this.#depth >= deepest) {
      this.#add('tooDeep', cursor.at, `more than ${deepest} levels`);
      cursor.skip();
      return;
    }
    this.#depth += 1;
    cursor.at += 1;
    this.#elements(items);
    this.#depth -= 1;
  }

  #item(siblings: Item[]): void {
    const cursor = this.#cursor;
    const draft = new Draft(cursor.at, siblings);
    cursor.at += 1;
    if (!cursor.take(closeBrace)) {
      do this.#member(draft);
      while (cursor.take(comma));
      if (!cursor.take(closeBrace)) cursor.fail('a comma or }');
    }
    this.#readWaiting(draft);
    this.#finish(draft);
  }

  #member(draft: Draft): void {
    const cursor = this.#cursor;
    if (cursor.peek() !== quote) {
      cursor.fail('a key');
      return;
    }
    const { at } = cursor;
    const key = this.#key();
    if (!cursor.take(colon)) {
      cursor.fail('a colon');
      return;
    }
    cursor.peek();
    if (typeof key === 'string') {
      this.#add('unknownKey', at, quoted(key), draft);
      cursor.skip();
      return;
    }
    if ((draft.seen & key) !== 0) this.#add('duplicateKey', at, 'a key again', draft);
    draft.seen |= key;
    if (key === keyBits.tag) this.#readTag(draft);
    else if (key === keyBits.type) this.#readType(draft);
    else if (key === keyBits.value) this.#readValue(draft);
    else this.#readName(draft);
  }

  /** The bit of a known key, or another one. */
  #key(): number | string {
    const cursor = this.#cursor;
    if (cursor.takeWord('tag')) return keyBits.tag;
    if (cursor.takeWord('type')) return keyBits.type;
    if (cursor.takeWord('value')) return keyBits.value;
    // A known key may be written with escapes.
    const key = cursor.string();
    return keyBitsByName.get(key) ?? key;
  }

  #readTag(draft: Draft): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    const name = this.#text();
    if (cursor.failure !== undefined) return;
    if (name === null) {
      this.#add('badTag', at, 'no text', draft);
      draft.tag = 0;
      return;
    }
    draft.label = name;
    draft.tag = tagNamed(name, this.#reading.version) ?? this.#oddTag(name, draft, at);
    draft.unknownName = draft.tag === 0 ? name : undefined;
  }

  #oddTag(name: string, draft: Draft, at: number): Tag {
    const { dialect, version, text } = this.#reading;
    const parent = this.#around.at(-1)?.tag ?? null;
    const place = { version, parent, text, before: draft.siblings };
    return oddTag(name, place, {
      spellings: dialect.reading.tagSpellings,
      report: (kind, found) => this.#add(kind, at, found, draft),
    });
  }

  #readType(draft: Draft): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    for (const type of itemTypes) {
      if (!cursor.takeWord(type)) continue;
      draft.type = type;
      return;
    }
    const written = this.#text();
    draft.type = itemTypes.find((type) => type === written) ?? null;
    if (draft.type !== null || cursor.failure !== undefined) return;
    this.#add('badType', at, written === null ? 'no text' : quoted(written), draft);
  }

  #readName(draft: Draft): void {
    const { at } = this.#cursor;
    if (this.#text() === null) this.#add('badName', at, 'no text', draft);
  }

  /** A string; `null` where there is another value. */
  #text(): string | null {
    if (this.#cursor.peek() === quote) return this.#cursor.string();
    this.#cursor.skip();
    return null;
  }

  #readValue(draft: Draft): void {
    const cursor = this.#cursor;
    // Also of two values of one item the first one must be JSON.
    this.#readWaiting(draft);
    const first = cursor.peek();
    draft.valueAt = cursor.at;
    if (first === openBracket && draft.tag === undefined) {
      draft.waitingAt = cursor.at;
      cursor.stepOver();
    } else if (first === openBracket) {
      this.#readChildren(draft);
    } else if (first === openBrace) {
      draft.value = anObject;
      cursor.skip();
    } else {
      const value = cursor.scalar();
      if (cursor.failure === undefined) draft.value = value;
    }
  }

  /** Children that were stepped over because their item's tag was not read yet. */
  #readWaiting(draft: Draft): void {
    const cursor = this.#cursor;
    if (draft.waitingAt === undefined || cursor.failure !== undefined) return;
    const end = cursor.at;
    cursor.at = draft.waitingAt;
    draft.waitingAt = undefined;
    this.#readChildren(draft);
    if (cursor.failure === undefined) cursor.at = end;
  }

  #readChildren(draft: Draft): void {
    const items: Item[] = [];
    this.#around.push(draft);
    this.#children(items);
    this.#around.pop();
    draft.value = items;
  }

  #finish(draft: Draft): void {
    // Where the text broke off, a member that is not there is no other problem.
    const isWhole = this.#cursor.failure === undefined;
    if (draft.tag === undefined) {
      if (isWhole) this.#add('missingTag', draft.at, 'an object without the key tag', draft);
      return;
    }
    const { type } = draft;
    if (type === null) return;
    if (draft.value === undefined) {
      if (isWhole) this.#add('missingValue', draft.at, 'an object without the key value', draft);
      if (type !== 'Structure') return;
      draft.value = null;
    }
    this.#draft = draft;
    const item = valueReaders[type](draft.value, this);
    this.#draft = undefined;
    if (item === null) return;
    const { unknownName } = draft;
    this.#place(unknownName === undefined ? item : { ...item, unknownName }, draft);
  }

  /** Puts an item beside its siblings, or what the dialect makes of it. */
  #place(item: Item, draft: Draft): void {
    const { rebuilds } = this.#reading.dialect.reading;
    if (rebuilds.length === 0) {
      draft.siblings.push(item);
      return;
    }
    const place = {
      version: this.#reading.version,
      parent: this.#around.at(-1)?.tag ?? null,
      report: (kind: JsonProblemKind, found: string) => this.#add(kind, draft.at, found, draft),
    };
    let items: readonly Item[] = [item];
    for (const rebuild of rebuilds) {
      items = items.flatMap((one) => rebuild(one, place) ?? [one]);
    }
    draft.siblings.push(...items);
  }

  #add(kind: JsonProblemKind, at: number, found: string, draft?: Draft): void {
    this.#reading.problems.add({ kind, at, found }, () => this.#path(draft));
  }

  #path(draft: Draft | undefined): string {
    const drafts = draft === undefined ? this.#around : [...this.#around, draft];
    return drafts.map(stepOf).join('/');
  }
}

/** An item whose tag is not known, or not yet, is called as the text calls it. */
function stepOf({ label, tag, siblings }: Draft): string {
  return tag === undefined || tag === 0 ? label : step(tag, siblings);
}

/** Whatever the limits say: so deep the stack reaches. */
const mostDepth = 1000;

/** Those first that come most often. */
const itemTypes: readonly ItemType[] = [
  ...(['Enumeration', 'Integer', 'TextString', 'ByteString', 'DateTime', 'Structure'] as const),
  ...(['Boolean', 'LongInteger', 'BigInteger', 'Interval', 'DateTimeExtended'] as const),
];
