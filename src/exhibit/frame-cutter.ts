import { encodeRecord, RecordDecoder, type BundleRecord } from '#src/base/records.ts';
import type { Reader } from '#src/contract/frame.ts';

/** A frame with the bytes that it took; of a bundle those of its own connection. */
export interface CutFrame {
  readonly frame: unknown;
  readonly bytes: Uint8Array;
}

/** Cuts one direction of a trace into frames, as a reader does, and keeps which bytes are whose. */
export class FrameCutter {
  readonly #readers: () => Reader;
  readonly #real: Reader;
  /** Reads ahead: how many frames a piece completes decides how it is cut. */
  readonly #scout: Reader;
  /** Of a bundle of connections; `null` where there is one. */
  readonly #records: RecordDecoder | null;
  /** Bytes of frames that are not complete, by connection. */
  readonly #held = new Map<string, Uint8Array[]>();

  constructor(reader: () => Reader, { isBundle }: { readonly isBundle: boolean }) {
    this.#readers = reader;
    this.#real = reader();
    this.#scout = reader();
    this.#records = isBundle ? new RecordDecoder() : null;
  }

  /** A cutter that has read nothing. */
  fresh(): FrameCutter {
    return new FrameCutter(this.#readers, { isBundle: this.#records !== null });
  }

  /** The frames that these bytes complete. */
  push(chunk: Uint8Array): readonly CutFrame[] {
    if (this.#records === null) return this.#take('', chunk, (bytes) => bytes);
    return this.#records.push(chunk).flatMap((piece) => {
      if (piece.kind === 'bad') return this.#take('', chunk, (bytes) => bytes);
      return this.#takeRecord(piece);
    });
  }

  /** Bytes that the reader awaits more of; fewer than were left over where it has lost its way. */
  get pendingBytes(): number {
    return this.#real.pendingBytes;
  }

  /** Bytes of frames that were begun and never completed. */
  rest(): readonly Uint8Array[] {
    const begun = [...this.#held.values()].filter((parts) => parts.length > 0);
    this.#held.clear();
    return begun.map((parts) => Buffer.concat(parts));
  }

  #takeRecord(record: BundleRecord): readonly CutFrame[] {
    if (record.kind === 'route') return [];
    const strand = `${record.end} ${record.by} ${record.connection}`;
    return this.#take(strand, record.bytes, (bytes) => encodeRecord({ ...record, bytes }));
  }

  /** At once where that ends at most one frame and begins no other; else byte by byte. */
  #take(
    strand: string,
    bytes: Uint8Array,
    wrapped: (bytes: Uint8Array) => Uint8Array,
  ): readonly CutFrame[] {
    const count = this.#scout.push(wrapped(bytes)).length;
    const isWhole = count === 0 || (count === 1 && this.#scout.pendingBytes === 0);
    if (isWhole) return this.#step(strand, bytes, this.#real.push(wrapped(bytes)));
    const frames: CutFrame[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes.subarray(at, at + 1);
      frames.push(...this.#step(strand, byte, this.#real.push(wrapped(byte))));
    }
    return frames;
  }

  #step(strand: string, bytes: Uint8Array, frames: readonly unknown[]): readonly CutFrame[] {
    const held = this.#held.get(strand) ?? [];
    if (bytes.length > 0) held.push(bytes);
    if (frames.length === 0) {
      this.#held.set(strand, held);
      return [];
    }
    this.#held.delete(strand);
    const all = Buffer.concat(held);
    return frames.map((frame, index) => ({ frame, bytes: index === 0 ? all : nothing }));
  }
}

const nothing = new Uint8Array(0);
