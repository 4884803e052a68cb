import { sameBytes } from '#src/base/bytes.ts';
import type { End } from '#models/etsi-004/index.ts';

/** What a key turned out to be when it was to be stored. */
export type Stored =
  /** The first one, or the one behind the key before. */
  | 'next'
  /** New, but indices were left out before it, or it comes late. */
  | 'apart'
  /** The same, where that must not be: not stored. */
  | 'early'
  /** The same key under the same index as before. */
  | 'again'
  /** Another key than the one that this end has under the index: not stored. */
  | 'conflicting'
  /** Another key than the one that the other end has under the index: not stored. */
  | 'unequal';

/** A key that is to be stored. */
export interface Chunk {
  readonly streamId: string;
  readonly end: End;
  readonly index: number;
  readonly key: Uint8Array;
  /** Seconds after which it is erased; `null`: never. */
  readonly ttl: number | null;
  readonly nowMs: number;
  /** Whether each index must follow the one before. */
  readonly isGapless: boolean;
}

interface Kept {
  readonly key: Uint8Array;
  readonly untilMs: number;
}

/** Keys that are kept at one end of a stream; the oldest make room. */
const mostKeys = 4096;
const indices = 2 ** 32;

/** The key stores of the KMSs at both ends: by stream, end and index. Holds real keys: never shown. */
export class KeyStore {
  readonly #ends = new Map<string, Map<number, Kept>>();
  readonly #last = new Map<string, number>();
  readonly #counts = new Map<string, number>();

  /** Keeps a key, where nothing speaks against it. */
  take(chunk: Chunk): Stored {
    const { streamId, end, index, key, ttl, nowMs, isGapless } = chunk;
    const own = this.#keysAt(streamId, end, nowMs);
    const before = own.get(index);
    if (before !== undefined) return sameBytes(before.key, key) ? 'again' : 'conflicting';
    const opposite = this.#keysAt(streamId, end === 'a' ? 'b' : 'a', nowMs).get(index);
    if (opposite !== undefined && !sameBytes(opposite.key, key)) return 'unequal';
    const name = nameOf(streamId, end);
    const last = this.#last.get(name);
    const isNext = last === undefined || (last + 1) % indices === index;
    if (!isNext && isGapless) return 'early';
    own.set(index, { key, untilMs: ttl === null ? Infinity : nowMs + 1000 * ttl });
    const [oldest] = own.keys();
    if (own.size > mostKeys && oldest !== undefined) own.delete(oldest);
    this.#last.set(name, index);
    this.#counts.set(name, this.count(streamId, end) + 1);
    return isNext ? 'next' : 'apart';
  }

  /** Keys that were ever stored at one end of a stream. */
  count(streamId: string, end: End): number {
    return this.#counts.get(nameOf(streamId, end)) ?? 0;
  }

  /** Indices whose keys are stored at one end of a stream and not erased. */
  indices(streamId: string, end: End, nowMs: number): readonly number[] {
    return [...this.#keysAt(streamId, end, nowMs).keys()];
  }

  /** What is stored at one end of a stream; keys whose time is over are erased first. */
  #keysAt(streamId: string, end: End, nowMs: number): Map<number, Kept> {
    const name = nameOf(streamId, end);
    const keys = this.#ends.get(name) ?? new Map<number, Kept>();
    this.#ends.set(name, keys);
    for (const [index, { key, untilMs }] of keys) {
      if (untilMs > nowMs) continue;
      key.fill(0);
      keys.delete(index);
    }
    return keys;
  }
}

function nameOf(streamId: string, end: End): string {
  return `${streamId} ${end}`;
}
