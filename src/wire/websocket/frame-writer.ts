import { opcodes, type OpcodeName } from './frame.ts';

/** A frame to write. */
export interface WrittenFrame {
  readonly kind: OpcodeName;
  readonly payload: Uint8Array;
  /** Four bytes; `null`: not masked, as servers write. */
  readonly mask: Uint8Array | null;
}

/** How a frame departs from its canonical form. */
export interface FrameBend {
  readonly fin?: boolean;
  /** 0 … 7. */
  readonly rsv?: number;
  /** 0 … 15. */
  readonly opcode?: number;
  /** The length as it is announced, 0 … 2^64 - 1. */
  readonly length?: bigint;
  /** Bytes that the length takes; the fewest that hold it where it is absent. */
  readonly lengthBytes?: 1 | 2 | 8;
  /** Four bytes, or none. */
  readonly mask?: Uint8Array | null;
}

/** Writes one frame. @see RFC 6455, section 5.2 */
export function writeFrame(frame: WrittenFrame, bend: FrameBend = {}): Uint8Array {
  const { payload } = frame;
  const mask = bend.mask === undefined ? frame.mask : bend.mask;
  const { fin = true, rsv = 0, opcode = opcodes[frame.kind] } = bend;
  const first = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 15);
  const length = lengthField(bend.length ?? BigInt(payload.length), bend.lengthBytes);
  const head = Buffer.concat([Uint8Array.of(first), length, mask ?? nothing]);
  if (mask !== null) head[1] = (head[1] ?? 0) | 0x80;
  return Buffer.concat([head, mask === null ? payload : masked(payload, mask)]);
}

/** A payload with its mask laid over it, or taken off it. @see RFC 6455, section 5.3 */
export function masked(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(payload);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return bytes;
}

const nothing = new Uint8Array(0);

/** The second byte of a frame and what the length takes behind it. */
function lengthField(length: bigint, sizeBytes: 1 | 2 | 8 = leastBytes(length)): Uint8Array {
  const field = Buffer.alloc(sizeBytes === 1 ? 1 : 1 + sizeBytes);
  if (sizeBytes === 1) field.writeUInt8(Number(length & 0x7fn), 0);
  if (sizeBytes === 2) field.writeUInt16BE(Number(length & 0xffffn), 1);
  if (sizeBytes === 8) field.writeBigUInt64BE(BigInt.asUintN(64, length), 1);
  if (sizeBytes > 1) field[0] = sizeBytes === 2 ? 126 : 127;
  return field;
}

function leastBytes(length: bigint): 1 | 2 | 8 {
  if (length < 126n) return 1;
  return length < 65_536n ? 2 : 8;
}
