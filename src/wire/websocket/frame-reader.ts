import { readHead, type FrameHead } from './frame-head.ts';
import { masked } from './frame-writer.ts';
import {
  isControl,
  opcodes,
  webSocketLimits,
  type WebSocketFrame,
  type WebSocketProblem,
} from './frame.ts';

/** Bytes of the longest head. */
const longestHead = 14;

/**
 * Cuts one direction of a connection into frames.
 *
 * Total: any cut gives the same frames, in linear time, and nothing throws. What is wrong with a
 * frame alone is told with it; the next one is found all the same, unless the frame is too long.
 */
export class FrameReader {
  readonly #isMasked: boolean;
  #head: FrameHead | null = null;
  #begun: Uint8Array = nothing;
  #parts: Uint8Array[] = [];
  #heldBytes = 0;
  #isOver = false;

  /** `isMasked`: whether the frames of this direction have to be, those of clients. */
  constructor({ isMasked }: { readonly isMasked: boolean }) {
    this.#isMasked = isMasked;
  }

  /** Bytes of an incomplete frame so far. */
  get pendingBytes(): number {
    return this.#begun.length + (this.#head?.sizeBytes ?? 0) + this.#heldBytes;
  }

  /** The frames that these bytes complete. */
  push(chunk: Uint8Array): readonly WebSocketFrame[] {
    const frames: WebSocketFrame[] = [];
    for (let rest = chunk; !this.#isOver;) {
      const head = this.#head;
      const left = head === null ? this.#gatherHead(rest) : this.#gatherPayload(head, rest);
      if (left === null) break;
      rest = left;
      const frame = this.#finished();
      if (frame !== null) frames.push(frame);
    }
    return frames;
  }

  /** What is left of the bytes behind a head; `null` where that is not complete. */
  #gatherHead(bytes: Uint8Array): Uint8Array | null {
    const known = this.#begun;
    const seen = joined(known, bytes.subarray(0, longestHead - known.length));
    this.#head = readHead(seen);
    this.#begun = this.#head === null ? new Uint8Array(seen) : nothing;
    return this.#head === null ? null : bytes.subarray(this.#head.sizeBytes - known.length);
  }

  /** What is left of the bytes behind a payload; `null` where that is not complete. */
  #gatherPayload(head: FrameHead, bytes: Uint8Array): Uint8Array | null {
    const missing = Number(head.length) - this.#heldBytes;
    const part = bytes.subarray(0, missing);
    if (part.length > 0) this.#parts.push(part.length < missing ? new Uint8Array(part) : part);
    this.#heldBytes += part.length;
    return part.length < missing ? null : bytes.subarray(part.length);
  }

  /** The frame, where all of it is there; one that is too long ends the reading. */
  #finished(): WebSocketFrame | null {
    const head = this.#head;
    if (head === null) return null;
    const lost = head.length > BigInt(webSocketLimits.messageBytes);
    if (!lost && this.#heldBytes < Number(head.length)) return null;
    const bytes = lost ? nothing : whole(this.#parts);
    this.#isOver = lost;
    this.#head = null;
    this.#parts = [];
    this.#heldBytes = 0;
    const { fin, rsv, opcode, mask } = head;
    return {
      fin,
      rsv,
      opcode,
      masked: mask !== null,
      payload: mask === null ? bytes : masked(bytes, mask),
      problems: problemsOf(head, this.#isMasked),
      lost,
      sizeBytes: head.sizeBytes + bytes.length,
    };
  }
}

const nothing = new Uint8Array(0);

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.length === 0 ? right : Buffer.concat([left, right]);
}

function whole(parts: readonly Uint8Array[]): Uint8Array {
  const [only = nothing, ...more] = parts;
  return more.length === 0 ? only : Buffer.concat(parts);
}

const flawless: readonly WebSocketProblem[] = [];

/** What nearly every frame is. */
function isPlain({ fin, rsv, opcode, mask, length, lengthBytes }: FrameHead, isMasked: boolean) {
  const isUsual = fin && rsv === 0 && isKnown(opcode) && isMasked === (mask !== null);
  if (!isUsual || length > 65_535n) return false;
  return lengthBytes === 0 || (lengthBytes === 2 && length >= 126n && !isControl(opcode));
}

function problemsOf(head: FrameHead, isMasked: boolean): readonly WebSocketProblem[] {
  if (isPlain(head, isMasked)) return flawless;
  const { fin, rsv, opcode, mask, length, lengthBytes } = head;
  const found: (WebSocketProblem | null)[] = [
    rsv === 0 ? null : { code: 'rsv', detail: `expected reserved bits 0, got ${rsv}` },
    isKnown(opcode) ? null : { code: 'opcode', detail: `expected a known opcode, got ${opcode}` },
    isMasked && mask === null
      ? { code: 'maskMissing', detail: 'expected a masked frame, got none' }
      : null,
    !isMasked && mask !== null
      ? { code: 'maskForbidden', detail: 'expected no mask, got one' }
      : null,
    isControl(opcode) && !fin
      ? { code: 'controlFragmented', detail: 'expected a whole control frame, got a fragment' }
      : null,
    isControl(opcode) && length > 125n
      ? { code: 'controlTooLong', detail: `expected at most 125 bytes, got ${length}` }
      : null,
    lengthProblem(length, lengthBytes),
  ];
  return found.filter((problem) => problem !== null);
}

const knownOpcodes = Object.values<number>(opcodes);

function isKnown(opcode: number): boolean {
  return knownOpcodes.includes(opcode);
}

function lengthProblem(length: bigint, lengthBytes: number): WebSocketProblem | null {
  if (length >= 2n ** 63n) {
    return { code: 'lengthTooBig', detail: 'expected a length below 2^63, got more' };
  }
  if (length > BigInt(webSocketLimits.messageBytes)) {
    const most = webSocketLimits.messageBytes;
    return { code: 'overLimit', detail: `expected at most ${most} bytes, got ${length}` };
  }
  const isShort = (lengthBytes === 2 && length < 126n) || (lengthBytes === 8 && length < 65_536n);
  if (!isShort) return null;
  return { code: 'lengthNotMinimal', detail: `expected ${length} in fewer bytes` };
}
