import { step } from '../item-path.ts';
import { ProblemLog } from '../problem-log.ts';
import {
  defaultLimits,
  type Item,
  type Limits,
  type ReadTree,
  type Structure,
  type Tag,
} from '../tree.ts';
import { readValue, type Place, type Source } from './read-value.ts';
import { ttlvRules, type TtlvProblemKind } from './rules.ts';
import { headerBytes, padded, typeCodes } from './type-codes.ts';

/**
 * Reads one item of binary TTLV; never throws.
 *
 * What breaks a rule of the encoding is told as a problem whose `kind` is one of `rules`. What is
 * left is read: items whose value cannot be read are left out, structures that end too late are
 * cut, and one with an unaligned length ends with its last whole item. Byte strings are views of
 * the bytes given. Depth is limited to 1,000, an item to 64 MiB and a message to 500,000 items,
 * whatever `limits` say.
 *
 * @see OASIS KMIP Specification 2.1, 10.1
 */
export function readTtlv(bytes: Uint8Array, limits: Limits = defaultLimits): ReadTree {
  return new Reading(bytes, limits).tree();
}

const mostDepth = 1000;
const mostBytes = 2 ** 26;
/** Eight bytes make an item, which takes ten times as much of our memory. */
const mostItems = 500_000;

/** What was read so far of one message. */
class Reading implements Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly #depth: number;
  readonly #longest: number;
  readonly #log = new ProblemLog(ttlvRules);
  /** The structures around what is read now, outermost first. */
  readonly #open: { readonly tag: Tag; readonly value: Item[] }[] = [];
  /** Whether one of them is longer than the bytes: its children then are too, and no wonder. */
  #isCut = false;
  /** Offset of what comes next. */
  #at = 0;
  #items = 0;

  constructor(bytes: Uint8Array, { depth, bytes: longest }: Limits) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#depth = Math.min(depth, mostDepth);
    this.#longest = Math.min(longest, mostBytes);
  }

  tree(): ReadTree {
    const { length } = this.bytes;
    const { problems } = this.#log;
    if (length < headerBytes) {
      this.tell('truncated', { tag: 0, at: 0 }, `${length} bytes`);
      return { item: null, problems };
    }
    const item = this.#item(length);
    if (this.#at < length) {
      this.tell('trailingBytes', { tag: 0, at: this.#at }, `${length - this.#at} bytes more`);
    }
    return { item, problems };
  }

  tell(kind: TtlvProblemKind, { tag, at }: Pick<Place, 'tag' | 'at'>, found: string): void {
    this.#log.tell(kind, { at, found, path: () => this.#path(tag) });
  }

  /** The item that comes next and ends before `end`; `null`: its value cannot be read. */
  #item(end: number): Item | null {
    const at = this.#at;
    const word = this.view.getUint32(at);
    const tag = word >>> 8;
    const code = word & 0xff;
    const length = this.view.getUint32(at + 4);
    const place: Place = { tag, at, valueAt: at + headerBytes, length };
    const first = word >>> 24;
    if (first !== 0x42 && first !== 0x54) {
      this.tell('foreignTag', place, `tag 0x${tag.toString(16).padStart(6, '0')}`);
    }
    if (this.#items === mostItems) return this.#giveUp(place);
    this.#items += 1;
    if (code === typeCodes.Structure) return this.#structure(place, end);
    if (length > this.#longest) return this.#without('tooLong', place, end);
    if (place.valueAt + length > end) return this.#overrun(place, end);
    this.#padding(place, end);
    return readValue(this, place, code);
  }

  #structure(place: Place, end: number): Structure | null {
    const { tag, valueAt, length } = place;
    if (this.#open.length >= this.#depth) return this.#without('tooDeep', place, end);
    const isTooLong = length > this.#longest;
    if (isTooLong) this.tell('tooLong', place, `length ${length}`);
    else if (length % 8 !== 0) this.tell('unalignedLength', place, `length ${length}`);
    const wasCut = this.#isCut;
    if (valueAt + length > end) {
      if (!isTooLong) this.#tellOverrun(place, end);
      this.#isCut = true;
    }
    const value: Item[] = [];
    this.#open.push({ tag, value });
    this.#at = valueAt;
    this.#children(value, place, end);
    this.#open.pop();
    this.#isCut = wasCut;
    return { tag, type: 'Structure', value };
  }

  /** All items of a structure; the last one may fill up an unaligned length. */
  #children(into: Item[], { valueAt, length }: Place, end: number): void {
    const declared = Math.min(valueAt + length, end);
    const filledUp = Math.min(valueAt + padded(length), end);
    while (declared - this.#at >= headerBytes) {
      const item = this.#item(filledUp);
      if (item !== null) into.push(item);
    }
    if (this.#isCut) this.#at = Math.max(this.#at, declared);
  }

  /** Steps behind a value and its padding, as far as that is there. */
  #padding(place: Place, end: number): void {
    const { tag, valueAt, length } = place;
    const next = valueAt + padded(length);
    this.#at = Math.min(next, end);
    if (next > end && !this.#isCut) this.tell('missingPadding', place, `${next - end} bytes less`);
    for (let at = valueAt + length; at < this.#at; at += 1) {
      if (this.bytes[at] === 0) continue;
      this.tell('nonZeroPadding', { tag, at }, 'a byte of padding that is not 0');
      return;
    }
  }

  /** Leaves out an item for our own limits, and goes on behind it. */
  #without(kind: 'tooLong' | 'tooDeep', place: Place, end: number): null {
    this.tell(kind, place, `length ${place.length}`);
    this.#at = Math.min(place.valueAt + padded(place.length), end);
    return null;
  }

  /** Reads nothing more. */
  #giveUp(place: Place): null {
    this.tell('tooManyItems', place, `the item after ${mostItems}`);
    this.#at = this.bytes.length;
    return null;
  }

  #overrun(place: Place, end: number): null {
    this.#tellOverrun(place, end);
    this.#at = end;
    return null;
  }

  #tellOverrun(place: Place, end: number): void {
    if (this.#isCut) return;
    const kind = this.#open.length === 0 ? 'truncated' : 'childOverrun';
    const left = end - place.valueAt;
    this.tell(kind, place, `length ${place.length}, and ${left} bytes are left`);
  }

  /** From the root to an item of that tag which comes next; 0: to the structure it would be in. */
  #path(tag: Tag): string {
    const steps = this.#open.map((structure, depth) =>
      step(structure.tag, this.#open[depth - 1]?.value ?? []),
    );
    const siblings = this.#open.at(-1)?.value ?? [];
    return (tag === 0 ? steps : [...steps, step(tag, siblings)]).join('/');
  }
}
