/** Link type of an interface: Ethernet. @see https://www.tcpdump.org/linktypes.html */
const ethernet = 1;
const commentOption = 1;
const applicationOption = 4;

/**
 * The head of a section: byte order, version, and comments on the whole file.
 * @see draft-ietf-opsawg-pcapng, Section Header Block
 */
export function sectionHeader(comments: readonly string[], application: string): Uint8Array {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32LE(0x1a2b3c4d, 0);
  fixed.writeUInt16LE(1, 4);
  /** The section's length is not told. */
  fixed.writeBigInt64LE(-1n, 8);
  const told = comments.map((text) => option(commentOption, text));
  return block(0x0a0d0d0a, [fixed, ...told, option(applicationOption, application), endOfOptions]);
}

/** The one interface: Ethernet frames of any length, times in microseconds. */
export function interfaceDescription(): Uint8Array {
  const fixed = Buffer.alloc(8);
  fixed.writeUInt16LE(ethernet, 0);
  return block(1, [fixed]);
}

/** One frame as it was seen. */
export interface CapturedFrame {
  readonly bytes: Uint8Array;
  /** Microseconds since 1970. */
  readonly atUs: bigint;
  readonly comments: readonly string[];
}

export function enhancedPacket({ bytes, atUs, comments }: CapturedFrame): Uint8Array {
  const fixed = Buffer.alloc(20);
  fixed.writeUInt32LE(Number(atUs >> 32n), 4);
  fixed.writeUInt32LE(Number(atUs & 0xffffffffn), 8);
  fixed.writeUInt32LE(bytes.length, 12);
  fixed.writeUInt32LE(bytes.length, 16);
  const told = comments.map((text) => option(commentOption, text));
  return block(6, [fixed, padded(bytes), ...told, ...(told.length > 0 ? [endOfOptions] : [])]);
}

const endOfOptions = Buffer.alloc(4);

/** Longest text of an option: its length has 16 bits. */
const mostTextBytes = 0xfff0;

function option(code: number, text: string): Uint8Array {
  const value = Buffer.from(text, 'utf8').subarray(0, mostTextBytes);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

/** Type and length around a body, the length at both ends. */
function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  const total = Buffer.alloc(4);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(body.length + 12, 4);
  total.writeUInt32LE(body.length + 12, 0);
  return Buffer.concat([head, body, total]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
