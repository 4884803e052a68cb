import { Gathering } from './gathering.ts';
import { httpLimits } from './message.ts';

const lf = 0x0a;
const cr = 0x0d;

/** How far a head has come. */
export type HeadProgress =
  | { readonly kind: 'more'; readonly at: number }
  /** The first line is there: whoever scans looks at it before going on. */
  | {
      readonly kind: 'line' | 'whole' | 'overLimit';
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  /** The first byte after empty lines can begin no message. */
  | { readonly kind: 'alien'; readonly at: number; readonly byte: number };

/**
 * Finds the empty line that ends a head, in any cut, looking at every byte once. Empty lines before
 * the first line belong to the head.
 */
export class HeadScan {
  readonly #held = new Gathering();
  /** Bytes of the line that is not over. */
  #lineBytes = 0;
  #lastByte = 0;
  #begun = false;
  /** True once the first line is over. */
  #hasLine = false;

  /** True once more than empty lines came. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The whole lines so far. */
  lines(): Uint8Array {
    const bytes = this.#held.take();
    return bytes.subarray(0, bytes.lastIndexOf(lf) + 1);
  }

  /** Goes on at `at`; tells where it stopped. */
  push(chunk: Uint8Array, at: number): HeadProgress {
    const stop = Math.min(chunk.length, at + httpLimits.headBytes - this.#held.length);
    let from = at;
    if (!this.#begun) {
      from = this.#skipEmpty(chunk, { from, stop });
      const byte = chunk[from] ?? 0;
      if (from < stop && !canBegin(byte)) return { kind: 'alien', at: from + 1, byte };
      this.#begun = from < stop;
    }
    return from < stop ? this.#scan(chunk, { at, from, stop }) : this.#pause(chunk, at, stop);
  }

  #skipEmpty(chunk: Uint8Array, { from, stop }: { from: number; stop: number }): number {
    let next = from;
    while (next < stop && (chunk[next] === cr || chunk[next] === lf)) next += 1;
    return next;
  }

  #scan(
    chunk: Uint8Array,
    { at, from, stop }: { at: number; from: number; stop: number },
  ): HeadProgress {
    for (let next = from; next < stop;) {
      const found = chunk.indexOf(lf, next);
      const end = found === -1 || found >= stop ? stop : found;
      this.#lineBytes += end - next;
      if (end > next) this.#lastByte = chunk[end - 1] ?? 0;
      if (end === stop) break;
      next = end + 1;
      const isEmpty = this.#lineBytes === 0 || (this.#lineBytes === 1 && this.#lastByte === cr);
      this.#lineBytes = 0;
      if (isEmpty || !this.#hasLine) return this.#tell(chunk, { at, next, isEmpty });
    }
    return this.#pause(chunk, at, stop);
  }

  /** The first line is over, or the whole head. */
  #tell(
    chunk: Uint8Array,
    { at, next, isEmpty }: { at: number; next: number; isEmpty: boolean },
  ): HeadProgress {
    this.#held.add(chunk.subarray(at, next));
    if (isEmpty) return { kind: 'whole', at: next, bytes: this.#held.take() };
    this.#hasLine = true;
    return { kind: 'line', at: next, bytes: this.#held.seen };
  }

  #pause(chunk: Uint8Array, at: number, stop: number): HeadProgress {
    this.#held.add(chunk.subarray(at, stop));
    if (this.#held.length < httpLimits.headBytes) return { kind: 'more', at: stop };
    return { kind: 'overLimit', at: stop, bytes: this.lines() };
  }
}

/** Every method and every version begins with a character of a token. */
function canBegin(byte: number): boolean {
  return /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte));
}
