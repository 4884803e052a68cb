import { Chunks } from './chunks.ts';
import { Gathering } from './gathering.ts';
import { httpLimits, type Framing, type HttpHeader } from './message.ts';
import type { Problems } from './problems.ts';

/** A body that comes in any cut. */
export interface BodyReader {
  /** Takes bytes from `at` on; answers where it stopped. */
  push(chunk: Uint8Array, at: number): number;
  /** `more` bytes are needed; nothing after a `lost` body can be read. */
  readonly state: 'more' | 'whole' | 'lost';
  /** What came so far; asked once. */
  take(): Uint8Array;
  readonly trailers: readonly HttpHeader[];
}

/** Reads a body as it is framed. */
export function bodyReader(framing: Framing, problems: Problems): BodyReader {
  switch (framing.kind) {
    case 'none':
      return new LengthBody(0);
    case 'length':
      return new LengthBody(framing.lengthBytes);
    case 'close':
      return new CloseBody(problems);
    case 'chunked':
      return new Chunks(problems);
  }
}

/** So many bytes; not copied where they come in one piece. */
class LengthBody implements BodyReader {
  readonly trailers = [];
  readonly #held = new Gathering();
  readonly #lengthBytes: number;
  #whole: Uint8Array = new Uint8Array(0);

  constructor(lengthBytes: number) {
    this.#lengthBytes = lengthBytes;
  }

  get state(): 'more' | 'whole' {
    return this.#held.length + this.#whole.length === this.#lengthBytes ? 'whole' : 'more';
  }

  push(chunk: Uint8Array, at: number): number {
    const piece = chunk.subarray(at, at + this.#lengthBytes - this.#held.length);
    if (piece.length === this.#lengthBytes) this.#whole = piece;
    else this.#held.add(piece);
    return at + piece.length;
  }

  take(): Uint8Array {
    return this.#held.length === 0 ? this.#whole : this.#held.take();
  }
}

/** Everything until the connection ends. */
class CloseBody implements BodyReader {
  readonly trailers = [];
  readonly #held = new Gathering();
  readonly #problems: Problems;
  state: 'more' | 'lost' = 'more';

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  push(chunk: Uint8Array, at: number): number {
    const piece = chunk.subarray(at, at + httpLimits.bodyBytes - this.#held.length);
    this.#held.add(piece);
    const end = at + piece.length;
    if (end === chunk.length) return end;
    this.#problems.add('overLimit', `expected a body of at most ${httpLimits.bodyBytes} bytes`);
    this.state = 'lost';
    return end;
  }

  take(): Uint8Array {
    return this.#held.take();
  }
}
