import { defaultLimits, type Limits, type Problem } from '../tree.ts';
import { fixedLength } from './read-value.ts';
import { rules } from './rules.ts';
import { headerBytes, padded, typeCodes } from './type-codes.ts';

/**
 * What was cut out of a stream: one whole item, to be read by `readTtlv`; one too long to be held,
 * told of at its header and passed over; or the place from which on nothing can be cut.
 */
export type TtlvPiece =
  | { readonly kind: 'item'; readonly bytes: Uint8Array }
  | { readonly kind: 'skipped' | 'lost'; readonly at: number; readonly problem: Problem };

/**
 * Cuts the items of a stream of TTLV, in whatever pieces its bytes come; never throws.
 *
 * TTLV marks no beginnings: only the outermost lengths say where an item begins. So an item that
 * is broken within costs nothing but itself, and one too long is passed over; where a header is
 * none (a wrong first byte of the tag, an unknown type, a length that its type cannot have), no
 * later byte can be trusted. Then a server answers Invalid Message and closes the connection.
 *
 * Holds no more than twice the bytes that came, and these no more than `limits.bytes` and a header;
 * a length alone allocates nothing. Items may be views of the bytes given.
 */
export class TtlvStream {
  readonly #longest: number;
  /** Grows by doubling as bytes come; the first `heldBytes` of it are of the item. */
  #store: Buffer = nothing;
  #heldBytes = 0;
  /** Of the item that is being collected, header and padding included; `null`: not known yet. */
  #itemBytes: number | null = null;
  /** Still to be passed over. */
  #skippedBytes = 0;
  /** Zeros that may follow: of the padding that an unaligned structure did not count. */
  #slackBytes = 0;
  /** Offset in the stream of the next byte that is neither held nor passed over. */
  #at = 0;
  #isLost = false;

  constructor(limits: Limits = defaultLimits) {
    this.#longest = limits.bytes;
  }

  /** Bytes of an item that has not come whole. */
  get pendingBytes(): number {
    return this.#heldBytes;
  }

  /** Whether more bytes must come before the stream may end: the last item is not whole. */
  get isWithinItem(): boolean {
    return this.#heldBytes > 0 || this.#skippedBytes > 0;
  }

  push(chunk: Uint8Array): readonly TtlvPiece[] {
    const pieces: TtlvPiece[] = [];
    for (let at = 0; at < chunk.length && !this.#isLost;) {
      if (this.#skippedBytes > 0) at += this.#skip(chunk.length - at);
      else if (this.#slackBytes > 0) at += this.#slack(chunk[at]);
      else if (this.#itemBytes === null) at += this.#header(chunk.subarray(at), pieces);
      else at += this.#collect(chunk.subarray(at), this.#itemBytes, pieces);
    }
    return pieces;
  }

  #skip(available: number): number {
    const bytes = Math.min(available, this.#skippedBytes);
    this.#skippedBytes -= bytes;
    this.#at += bytes;
    return bytes;
  }

  #slack(byte: number | undefined): number {
    this.#slackBytes = byte === 0 ? this.#slackBytes - 1 : 0;
    if (byte !== 0) return 0;
    this.#at += 1;
    return 1;
  }

  #hold(bytes: Uint8Array): number {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#store.length) {
      const store = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#store.length));
      this.#store.copy(store, 0, 0, this.#heldBytes);
      this.#store = store;
    }
    this.#store.set(bytes, this.#heldBytes);
    this.#heldBytes = needed;
    return bytes.length;
  }

  /** Looks at a header where it lies, or holds the pieces of one; as many bytes as were taken. */
  #header(coming: Uint8Array, pieces: TtlvPiece[]): number {
    if (this.#heldBytes === 0 && coming.length >= headerBytes) {
      this.#begin(coming, pieces);
      return 0;
    }
    const taken = this.#hold(coming.subarray(0, headerBytes - this.#heldBytes));
    if (this.#heldBytes === headerBytes) this.#begin(this.#store, pieces);
    return taken;
  }

  #begin(header: Uint8Array, pieces: TtlvPiece[]): void {
    const { length, code, flaw } = headerOf(header);
    if (flaw !== null) {
      pieces.push({ kind: 'lost', at: this.#at, problem: problemOf('unbelievableHeader', flaw) });
      this.#release();
      this.#isLost = true;
      return;
    }
    const isStructure = code === typeCodes.Structure;
    const itemBytes = headerBytes + (isStructure ? length : padded(length));
    if (length > this.#longest) {
      const problem = problemOf('tooLong', `length ${length}, the limit is ${this.#longest}`);
      pieces.push({ kind: 'skipped', at: this.#at, problem });
      this.#skippedBytes = itemBytes - this.#heldBytes;
      this.#release();
      return;
    }
    this.#itemBytes = itemBytes;
    this.#complete(itemBytes, pieces);
  }

  /** An item that comes whole stays where it lies; the pieces of another one are put together. */
  #collect(coming: Uint8Array, itemBytes: number, pieces: TtlvPiece[]): number {
    if (this.#heldBytes === 0 && coming.length >= itemBytes) {
      this.#give(coming.subarray(0, itemBytes), pieces);
      this.#at += itemBytes;
      return itemBytes;
    }
    const taken = this.#hold(coming.subarray(0, itemBytes - this.#heldBytes));
    this.#complete(itemBytes, pieces);
    return taken;
  }

  #complete(itemBytes: number, pieces: TtlvPiece[]): void {
    if (this.#heldBytes < itemBytes) return;
    this.#give(this.#store.subarray(0, itemBytes), pieces);
  }

  #give(bytes: Uint8Array, pieces: TtlvPiece[]): void {
    pieces.push({ kind: 'item', bytes });
    this.#release();
    this.#slackBytes = padded(bytes.length) - bytes.length;
  }

  #release(): void {
    this.#at += this.#heldBytes;
    this.#store = nothing;
    this.#heldBytes = 0;
    this.#itemBytes = null;
  }
}

const nothing = Buffer.alloc(0);

function problemOf(kind: 'unbelievableHeader' | 'tooLong', found: string): Problem {
  return { kind, at: 0, path: '', detail: `${found}; ${rules[kind]}` };
}

interface Header {
  readonly code: number;
  readonly length: number;
  /** Why it is no header of an item; `null`: it may be one. */
  readonly flaw: string | null;
}

function headerOf(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const word = view.getUint32(0);
  const code = word & 0xff;
  const length = view.getUint32(4);
  return { code, length, flaw: flawOf({ word, code, length }) };
}

function flawOf({ word, code, length }: { word: number; code: number; length: number }) {
  const first = word >>> 24;
  if (first !== 0x42 && first !== 0x54) {
    return `a tag of 0x${(word >>> 8).toString(16).padStart(6, '0')}`;
  }
  const fixed = fixedLength(code);
  if (fixed !== undefined && fixed !== length) return `type ${code} of length ${length}`;
  return code >= typeCodes.Structure && code <= typeCodes.DateTimeExtended ? null : `type ${code}`;
}
