/** Which connection of a bundle: both numbers count from 0. */
export interface Strand {
  /** End of the link at which it lies: 0 for a, 1 for b. */
  readonly end: 0 | 1;
  /** Who opened it: 0 the caller, 1 the one that is called. */
  readonly by: 0 | 1;
  /** Counted by whoever opened it, at each end; 0 … 2^32 - 1. */
  readonly connection: number;
}

/** What happened on one connection. */
export interface BundleRecord extends Strand {
  readonly kind: RecordKind;
  /** Empty but for `data` and `route`. */
  readonly bytes: Uint8Array;
}

/**
 * `ended`: no more bytes come (FIN); `reset`: broken off, or it could not be opened; `route`: where
 * the connection is going to be opened to, as `host:port`, said by its opener before its first
 * bytes. Readers skip it: nobody at the other end sees it.
 */
export type RecordKind = 'data' | 'ended' | 'reset' | 'route';

/** What was read of a bundle: `bad` where no record begins; nothing is read after it. */
export type RecordPiece = BundleRecord | { readonly kind: 'bad'; readonly detail: string };

const kinds = { data: 1, ended: 2, reset: 3, route: 4 } as const satisfies Record<
  RecordKind,
  number
>;
const names: ReadonlyMap<number, RecordKind> = new Map([
  [kinds.data, 'data'],
  [kinds.ended, 'ended'],
  [kinds.reset, 'reset'],
  [kinds.route, 'route'],
]);

/** Longest route: a host name and a port. */
const maxRouteBytes = 262;

/** Header of every record: kind, end, by, 0, connection (32 bits), length (32 bits), big endian. */
export const recordHeaderBytes = 12;

/** One record: its header, and the bytes as they lie on the connection. */
export function encodeRecord({ kind, end, by, connection, bytes }: BundleRecord): Uint8Array {
  const record = Buffer.allocUnsafe(recordHeaderBytes + bytes.length);
  record[0] = kinds[kind];
  record[1] = end;
  record[2] = by;
  record[3] = 0;
  record.writeUInt32BE(connection, 4);
  record.writeUInt32BE(bytes.length, 8);
  record.set(bytes, recordHeaderBytes);
  return record;
}

/**
 * Reads records in any cut, in linear time; never throws. A record of data comes in as many pieces
 * as it was cut into, so that no more than a header is held; one of 0 bytes comes as one piece. A
 * route comes whole.
 */
export class RecordDecoder {
  readonly #header = Buffer.alloc(recordHeaderBytes);
  #headerBytes = 0;
  #open: BundleRecord | null = null;
  #missingBytes = 0;
  #route: Uint8Array = nothing;
  #isLost = false;

  /** Bytes of an incomplete record that are held: of its header, or of a route. */
  get pendingBytes(): number {
    return this.#headerBytes + this.#route.length;
  }

  push(chunk: Uint8Array): readonly RecordPiece[] {
    const pieces: RecordPiece[] = [];
    for (let at = 0; at < chunk.length && !this.#isLost;) {
      at = this.#open === null ? this.#readHeader(chunk, at) : at;
      if (this.#headerBytes === recordHeaderBytes && this.#open === null) this.#begin(pieces);
      if (this.#open !== null) at = this.#readBytes(this.#open, { chunk, at, pieces });
    }
    return pieces;
  }

  #readHeader(chunk: Uint8Array, at: number): number {
    const piece = chunk.subarray(at, at + recordHeaderBytes - this.#headerBytes);
    this.#header.set(piece, this.#headerBytes);
    this.#headerBytes += piece.length;
    return at + piece.length;
  }

  #begin(pieces: RecordPiece[]): void {
    const [code = 0, end, by, zero] = this.#header;
    const kind = names.get(code);
    const connection = this.#header.readUInt32BE(4);
    const length = this.#header.readUInt32BE(8);
    const isStrand = isEnd(end) && isEnd(by) && zero === 0;
    if (kind === undefined || !isStrand || !fits(kind, length)) {
      const got = this.#header.toString('hex', 0, 4);
      pieces.push({ kind: 'bad', detail: `expected the header of a record, got ${got}` });
      this.#isLost = true;
      return;
    }
    const record = { kind, end, by, connection, bytes: nothing };
    this.#missingBytes = length;
    if (length > 0) this.#open = record;
    else {
      pieces.push(record);
      this.#headerBytes = 0;
    }
  }

  #readBytes(
    open: BundleRecord,
    { chunk, at, pieces }: { chunk: Uint8Array; at: number; pieces: RecordPiece[] },
  ): number {
    const bytes = chunk.subarray(at, at + this.#missingBytes);
    this.#missingBytes -= bytes.length;
    const isRoute = open.kind === 'route';
    if (isRoute) this.#route = Buffer.concat([this.#route, bytes]);
    else if (bytes.length > 0) pieces.push({ ...open, bytes });
    if (this.#missingBytes > 0) return at + bytes.length;
    if (isRoute) pieces.push({ ...open, bytes: this.#route });
    this.#route = nothing;
    this.#open = null;
    this.#headerBytes = 0;
    return at + bytes.length;
  }
}

const nothing = new Uint8Array(0);

/** Whether a record of this kind may have so many bytes. */
function fits(kind: RecordKind, length: number): boolean {
  if (kind === 'route') return length > 0 && length <= maxRouteBytes;
  return kind === 'data' || length === 0;
}

function isEnd(byte: number | undefined): byte is 0 | 1 {
  return byte === 0 || byte === 1;
}
