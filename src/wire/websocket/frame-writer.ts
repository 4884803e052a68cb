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
  const { fin = true, rsv = 0, opcode = opcodes[frame.kind], length = payload.length } = bend;
  const { lengthBytes = leastBytes(length) } = bend;
  const maskAt = lengthBytes === 1 ? 2 : 2 + lengthBytes;
  const payloadAt = maskAt + (mask?.length ?? 0);
  const bytes = Buffer.allocUnsafe(payloadAt + payload.length);
  bytes[0] = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 15);
  bytes[1] = (mask === null ? 0 : 0x80) | writeLength(bytes, length, lengthBytes);
  bytes.set(payload, payloadAt);
  if (mask !== null) {
    bytes.set(mask, maskAt);
    layMask(bytes.subarray(payloadAt), mask);
  }
  return bytes;
}

/** A payload with its mask laid over it, or taken off it. @see RFC 6455, section 5.3 */
export function masked(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(payload);
  layMask(bytes, mask);
  return bytes;
}

function layMask(bytes: Uint8Array, mask: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (mask[at & 3] ?? 0);
}

/** Writes what the length takes behind the second byte; what stands in that. */
function writeLength(bytes: Buffer, length: number | bigint, lengthBytes: 1 | 2 | 8): number {
  if (lengthBytes === 1) return Number(BigInt.asUintN(7, BigInt(length)));
  if (lengthBytes === 2) {
    bytes.writeUInt16BE(Number(BigInt.asUintN(16, BigInt(length))), 2);
    return 126;
  }
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(length)), 2);
  return 127;
}

function leastBytes(length: number | bigint): 1 | 2 | 8 {
  if (length < 126) return 1;
  return length < 65_536 ? 2 : 8;
}
