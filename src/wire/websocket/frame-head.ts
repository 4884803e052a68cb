/** The bytes of a frame before its payload. */
export interface FrameHead {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  /** Four bytes; `null` where the frame is not masked. */
  readonly mask: Uint8Array | null;
  /** Bytes of the payload, 0 … 2^64 - 1. */
  readonly length: bigint;
  /** Bytes that the length takes behind the second byte. */
  readonly lengthBytes: 0 | 2 | 8;
  readonly sizeBytes: number;
}

/** The head that bytes begin with; `null` where it is not complete. @see RFC 6455, section 5.2 */
export function readHead(bytes: Uint8Array): FrameHead | null {
  const [first, second] = [bytes[0], bytes[1]];
  if (first === undefined || second === undefined) return null;
  const lengthBytes = extendedBytes(second & 0x7f);
  const isMasked = second >= 0x80;
  const sizeBytes = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < sizeBytes) return null;
  return {
    fin: first >= 0x80,
    rsv: (first >> 4) & 7,
    opcode: first & 15,
    mask: isMasked ? new Uint8Array(bytes.subarray(sizeBytes - 4, sizeBytes)) : null,
    length: lengthOf(bytes, second & 0x7f),
    lengthBytes,
    sizeBytes,
  };
}

function extendedBytes(short: number): 0 | 2 | 8 {
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}

function lengthOf(bytes: Uint8Array, short: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (short < 126) return BigInt(short);
  return short === 126 ? BigInt(view.getUint16(2)) : view.getBigUint64(2);
}
