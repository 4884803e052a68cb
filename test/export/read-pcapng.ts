/** A small reader of captures that shares nothing with the writer. */
export interface Capture {
  readonly comments: readonly string[];
  readonly packets: readonly Packet[];
}

export interface Packet {
  readonly atUs: bigint;
  readonly comments: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  readonly acknowledgement: number;
  /** Of FSRPA. */
  readonly flags: string;
  readonly payload: Buffer;
  /** True where the checksums of IPv4 and TCP are right. */
  readonly isSound: boolean;
}

export function readPcapng(bytes: Uint8Array): Capture {
  const file = Buffer.from(bytes);
  const comments: string[] = [];
  const packets: Packet[] = [];
  for (let at = 0; at < file.length;) {
    const length = file.readUInt32LE(at + 4);
    if (file.readUInt32LE(at + length - 4) !== length)
      throw new Error(`block at ${at}: its lengths differ`);
    const block = file.subarray(at + 8, at + length - 4);
    const type = file.readUInt32LE(at);
    if (type === 0x0a0d0d0a) comments.push(...commentsIn(block.subarray(16)));
    if (type === 1 && block.readUInt16LE(0) !== 1) throw new Error('not Ethernet');
    if (type === 6) packets.push(packetIn(block));
    at += length;
  }
  return { comments, packets };
}

function commentsIn(options: Buffer): string[] {
  const comments: string[] = [];
  for (let at = 0; at + 4 <= options.length;) {
    const code = options.readUInt16LE(at);
    const length = options.readUInt16LE(at + 2);
    if (code === 0) break;
    if (code === 1) comments.push(options.toString('utf8', at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return comments;
}

function packetIn(block: Buffer): Packet {
  const atUs = (BigInt(block.readUInt32LE(4)) << 32n) | BigInt(block.readUInt32LE(8));
  const captured = block.readUInt32LE(12);
  const frame = block.subarray(20, 20 + captured);
  const ip = frame.subarray(14, 14 + frame.readUInt16BE(16));
  const tcp = ip.subarray(20);
  const headerBytes = ((tcp[12] ?? 0) >> 4) * 4;
  const pseudo = Buffer.concat([ip.subarray(12, 20), Buffer.from([0, 6]), lengthOf(tcp)]);
  const place = (host: Buffer, port: number) => `${[...host].join('.')}:${port}`;
  return {
    atUs,
    comments: commentsIn(block.subarray(20 + Math.ceil(captured / 4) * 4)),
    from: place(ip.subarray(12, 16), tcp.readUInt16BE(0)),
    to: place(ip.subarray(16, 20), tcp.readUInt16BE(2)),
    sequence: tcp.readUInt32BE(4),
    acknowledgement: tcp.readUInt32BE(8),
    flags: [...'FSRPA'].filter((_, bit) => ((tcp[13] ?? 0) & (1 << bit)) !== 0).join(''),
    payload: tcp.subarray(headerBytes),
    isSound: sum(ip.subarray(0, 20)) === 0xffff && sum(Buffer.concat([pseudo, tcp])) === 0xffff,
  };
}

function lengthOf({ length }: Buffer): Buffer {
  return Buffer.from([length >> 8, length & 0xff]);
}

/** The sum in ones' complement: all ones where the checksum in it is right. */
function sum(bytes: Buffer): number {
  let total = 0;
  for (const [at, byte] of bytes.entries()) total += at % 2 === 0 ? byte << 8 : byte;
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
  return total;
}
