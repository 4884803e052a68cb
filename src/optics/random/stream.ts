import { fingerprint } from '#src/base/fingerprint.ts';
import { fillNormal } from './normal.ts';

/** What numbers are drawn for: each purpose has a stream of its own, so none disturbs another. */
export interface Stream {
  /** 32 bits: 0 … 2^32 - 1. */
  next(): number;
  /** A real number, 0 ≤ x < 1, in steps of 2^-32. */
  unit(): number;
  /** An integer from 0 up to, not including, `below` (1 … 2^20; the bias is below 2^-12). */
  below(below: number): number;
  /** Fills with normal numbers of mean 0 and standard deviation `sigma`. */
  fillNormal(out: Float64Array, sigma: number): void;
  /** Fills with 0 and 1. */
  fillBits(out: Uint8Array): void;
}

/**
 * Numbers for one purpose from a 32-bit seed, alike on every engine: xoshiro128** 1.1 of Blackman
 * and Vigna. Not for secrets: a simulated link has a seed, a real one has a quantum source.
 */
export function stream(seed: number, purpose: string): Stream {
  return new WordStream(seed, purpose);
}

/** Words made at once: a refill costs the same in all, and reading them is a plain load. */
const wordsAtOnce = 2048;

/** Words in the order they were made; whoever reads them moves `at` on. */
export class WordStream implements Stream {
  readonly words = new Int32Array(wordsAtOnce);
  at = wordsAtOnce;
  readonly #state: Int32Array;

  constructor(seed: number, purpose: string) {
    this.#state = stateFrom(seed | 0, fingerprint(purpose) | 0);
  }

  /** Makes the next words; `at` starts at 0 again. */
  refill(): void {
    const { words } = this;
    let [a = 0, b = 0, c = 0, d = 0] = this.#state;
    for (let at = 0; at < wordsAtOnce; at += 1) {
      const scrambled = Math.imul(b, 5);
      words[at] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#state.set([a, b, c, d]);
    this.at = 0;
  }

  next(): number {
    if (this.at === wordsAtOnce) this.refill();
    const word = this.words[this.at] ?? 0;
    this.at += 1;
    return word >>> 0;
  }

  unit(): number {
    return this.next() / 2 ** 32;
  }

  below(below: number): number {
    return Math.floor((this.next() / 2 ** 32) * below);
  }

  fillNormal(out: Float64Array, sigma: number): void {
    fillNormal(out, sigma, this);
  }

  fillBits(out: Uint8Array): void {
    let word = 0;
    for (let at = 0; at < out.length; at += 1) {
      if ((at & 31) === 0) word = this.next();
      out[at] = word & 1;
      word >>>= 1;
    }
  }
}

/** Two 32-bit numbers, spread over the 128 bits of the state; no two pairs share a state. */
function stateFrom(seed: number, purpose: number): Int32Array {
  return Int32Array.of(
    mixed(seed ^ 0x243f6a88),
    mixed(purpose ^ 0x13198a2e),
    mixed((seed + Math.imul(purpose, 0x9e3779b1)) | 0),
    mixed(seed ^ ((purpose << 16) | (purpose >>> 16)) ^ 0x03707344),
  );
}

/** The finalizer of MurmurHash3: a bijection of 32 bits. */
function mixed(word: number): number {
  let state = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
