import fc from 'fast-check';
import type { MessageName } from '#models/etsi-004/index.ts';

const uint32 = fc.nat(2 ** 32 - 1);
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => one.replaceAll('\0', ''));
const mimetype = fc.string({ unit: 'grapheme-ascii', maxLength: 255 });
const uuid = fc.uuid();
const id = fc.oneof(uuid, fc.constant(null));
const status = fc.constantFrom(0, 1, 7);

export const qos = fc.record({
  key_chunk_size: uint32,
  max_bps: uint32,
  min_bps: uint32,
  jitter: uint32,
  priority: uint32,
  timeout: uint32,
  ttl: uint32,
  metadata_mimetype: mimetype,
});

const key = fc.uint8Array({ maxLength: 100 }).map((one) => Buffer.from(one).toString('base64'));
const metadata = fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.nat(20)).map(([bytes, room]) => {
  const buffer = Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
  return { size: buffer.length + room, buffer };
});

/** A message, and a content that its payload can hold as it is. */
export const saying: fc.Arbitrary<readonly [MessageName, unknown]> = fc.oneof(
  said('openConnect', { source: text, destination: text, key_stream_id: id, qos }),
  said('opened', { status, qos, key_stream_id: id }),
  said('openRefused', { status: fc.constantFrom(2, 4, 5, 6) }),
  said('getKeyAccepted', { status: fc.constant(0), index: uint32, key_buffer: key, metadata }),
  said('getKeyRefused', { status: fc.constantFrom(2, 3, 4, 6) }),
  said('close', { key_stream_id: uuid }),
  said('closeAccepted', { status: fc.constant(0) }),
  said('closeRefused', { status: fc.constantFrom(3, 6) }),
);

function said(
  message: MessageName,
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<readonly [MessageName, unknown]> {
  return fc.record(members).map((content) => [message, content] as const);
}
