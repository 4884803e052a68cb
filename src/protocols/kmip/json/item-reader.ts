import { tagNamed } from '../registry/tag-names.ts';
import type { Item, ItemType, Tag } from '../tree.ts';
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
import { Draft, keyBits, keyBitsByName } from './draft.ts';
import { oddTag } from './odd-tag.ts';
import type { JsonProblemKind } from './problem-kinds.ts';
import { valueReaders } from './read-value.ts';
import type { Reading } from './reading.ts';
import { rebuilt } from './rebuilt.ts';
import { anObject, quoted } from './spot.ts';

/** Reads the items of a JSON text in one pass. */
export class ItemReader {
  readonly #cursor: Cursor;
  readonly #reading: Reading;
  /** The structure around what is read. */
  #parent: Draft | undefined;
  /** Arrays around what is read, those without a structure included. */
  #depth = 0;

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
    const around = { parent: this.#parent, reading: this.#reading };
    const draft = new Draft(cursor.at, siblings, around);
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
      draft.tell('unknownKey', at, quoted(key));
      cursor.skip();
      return;
    }
    if ((draft.seen & key) !== 0) draft.tell('duplicateKey', at, 'a key again');
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
    if (cursor.failure !== undefined) {
      draft.seen &= ~keyBits.tag;
      return;
    }
    if (name === null) {
      draft.tell('badTag', at, 'no text');
      return;
    }
    draft.label = name;
    draft.tag = tagNamed(name, draft.version) ?? this.#oddTag(name, draft, at);
  }

  #oddTag(name: string, draft: Draft, at: number): Tag {
    const { dialect, version, text } = this.#reading;
    const parent = this.#parent?.tag ?? null;
    const place = { version, parent, text, before: draft.siblings };
    return oddTag(name, place, {
      spellings: dialect.reading.tagSpellings,
      report: (kind, found) => draft.tell(kind, at, found),
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
    draft.tell('badType', at, written === null ? 'no text' : quoted(written));
  }

  #readName(draft: Draft): void {
    const { at } = this.#cursor;
    if (this.#text() === null) draft.tell('badName', at, 'no text');
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
    if (first === openBracket && (draft.seen & keyBits.tag) === 0) {
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
    this.#parent = draft;
    this.#children(items);
    this.#parent = draft.parent;
    draft.value = items;
  }

  #finish(draft: Draft): void {
    // Where the text broke off, a member that is not there is no other problem.
    const isWhole = this.#cursor.failure === undefined;
    if ((draft.seen & keyBits.tag) === 0) {
      if (isWhole) draft.tell('missingTag', draft.at, 'an object without the key tag');
      return;
    }
    const { type } = draft;
    if (type === null) return;
    if (draft.value === undefined) {
      if (isWhole) draft.tell('missingValue', draft.at, 'an object without the key value');
      if (type !== 'Structure') return;
      draft.value = null;
    }
    const isTyped = (draft.seen & keyBits.type) !== 0;
    if (!isTyped && draft.value !== null && !Array.isArray(draft.value)) {
      draft.tell('missingType', draft.at, 'an object without the key type');
      return;
    }
    const item = valueReaders[type](draft.value, draft);
    if (item === null) return;
    this.#place(draft.isUnknown ? { ...item, unknownName: draft.label } : item, draft);
  }

  /** Puts an item beside its siblings, or what the dialect makes of it. */
  #place(item: Item, draft: Draft): void {
    const { rebuilds } = this.#reading.dialect.reading;
    if (rebuilds.length === 0) draft.siblings.push(item);
    else for (const one of rebuilt(item, draft, rebuilds)) draft.siblings.push(one);
  }

  /** Of what is no item. */
  #add(kind: JsonProblemKind, at: number, found: string): void {
    this.#reading.problems.add({ kind, at, found }, () => this.#parent?.path() ?? '');
  }
}

/** Whatever the limits say: so deep the stack reaches. */
const mostDepth = 1000;

/** Those first that come most often. */
const itemTypes: readonly ItemType[] = [
  ...(['Enumeration', 'Integer', 'TextString', 'ByteString', 'DateTime', 'Structure'] as const),
  ...(['Boolean', 'LongInteger', 'BigInteger', 'Interval', 'DateTimeExtended'] as const),
];
