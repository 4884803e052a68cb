/** One end of a TCP connection. */
export interface Endpoint {
  /** The last byte of its address in 192.0.2.0/24, which is nobody's. */
  readonly host: number;
  readonly port: number;
}

/** One TCP segment. */
export interface Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

/** @see RFC 9293, 3.1 */
export const flags = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** Bytes of a segment that fit an Ethernet frame. */
export const maxSegmentBytes = 1460;

/** A segment in IPv4 in Ethernet, with correct checksums. */
export function packet(segment: Segment, identification: number): Uint8Array {
  const tcp = tcpBytes(segment);
  const ip = ipHeader(segment, { identification, length: 20 + tcp.length });
  return Buffer.concat([mac(segment.to), mac(segment.from), Buffer.from('0800', 'hex'), ip, tcp]);
}

function mac({ host }: Endpoint): Uint8Array {
  return Buffer.from([2, 0, 0, 0, 0, host]);
}

function address({ host }: Endpoint): Uint8Array {
  return Buffer.from([192, 0, 2, host]);
}

function ipHeader(
  { from, to }: Segment,
  { identification, length }: { identification: number; length: number },
): Uint8Array {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(length, 2);
  header.writeUInt16BE(identification & 0xffff, 4);
  /** Not to be cut up. */
  header.writeUInt16BE(0x4000, 6);
  header[8] = 64;
  header[9] = 6;
  header.set(address(from), 12);
  header.set(address(to), 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function tcpBytes(segment: Segment): Uint8Array {
  const { from, to, payload } = segment;
  const isSyn = (segment.flags & flags.syn) !== 0;
  const header = Buffer.alloc(isSyn ? 24 : 20);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(segment.sequence >>> 0, 4);
  header.writeUInt32BE(segment.acknowledgement >>> 0, 8);
  header[12] = (header.length / 4) << 4;
  header[13] = segment.flags;
  header.writeUInt16BE(0xffff, 14);
  if (isSyn) header.set([2, 4, maxSegmentBytes >> 8, maxSegmentBytes & 0xff], 20);
  const pseudo = Buffer.alloc(12);
  pseudo.set(address(from), 0);
  pseudo.set(address(to), 4);
  pseudo[9] = 6;
  pseudo.writeUInt16BE(header.length + payload.length, 10);
  header.writeUInt16BE(checksum([pseudo, header, payload]), 16);
  return Buffer.concat([header, payload]);
}

/** @see RFC 1071 */
function checksum(parts: readonly Uint8Array[]): number {
  const bytes = Buffer.concat([...parts, Buffer.alloc(1)]);
  let sum = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
