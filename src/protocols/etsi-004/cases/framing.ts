import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { metadataRoom } from '../framing/contents.ts';
import { framingDialects } from '../framing/dialect.ts';
import type { Etsi004Player } from './case.ts';
import { getKeyAt, inPieces, manyKeys } from './framing-play.ts';
import { streamId } from './streams.ts';
import { table, type Row } from './table.ts';

const dialects = Object.keys(framingDialects);
const manyRequests = ['etsi-004/framing-1.0.1'];

/** An open-connect that is bent, on a connection that is ended behind it. */
const openBent = (frame: Etsi004Bend, bytes?: (frame: Uint8Array) => Uint8Array) => {
  const bend = { frame: { ...frame, leaves: 'ended' as const } };
  return (kms: Etsi004Player) =>
    kms.say('openConnect', bytes === undefined ? bend : { ...bend, bytes });
};

/** A payload of the right layout but for its end. */
const openCut = (by: number) =>
  openBent({}, (frame) => resized(frame.subarray(0, frame.length - by)));

/** The header says how long the payload is. */
function resized(frame: Uint8Array): Uint8Array {
  const copy = Buffer.from(frame);
  copy.writeUInt32BE(copy.length - 8, 4);
  return copy;
}

const refused = [requirements.malformedRefused];

/** Frames that no receiver can read; the connection ends behind each. */
const unreadable: Readonly<Record<string, Row>> = {
  'header-cut': {
    title: 'The device gives half a header up',
    covers: [requirements.frameLength, ...refused],
    play: openBent({}, (frame) => frame.subarray(0, 5)),
  },
  'payload-cut': {
    title: 'The device gives half a payload up',
    covers: [requirements.frameLength, ...refused],
    play: openBent({}, (frame) => frame.subarray(0, 40)),
  },
  'length-zero': {
    title: 'The device refuses an open-connect without payload',
    covers: [requirements.frameLength, ...refused],
    play: openBent({ payload: new Uint8Array(0) }),
  },
  'length-below': {
    title: 'The device refuses a payload that its header says to be one byte shorter',
    covers: [requirements.frameLength, ...refused],
    play: openBent({ payloadLength: (right) => right - 1 }),
  },
  'length-above': {
    title: 'The device refuses a payload that its header says to be one byte longer',
    covers: [requirements.frameLength, ...refused],
    play: openBent({ payloadLength: (right) => right + 1 }),
  },
  'length-huge': {
    title: 'The device survives a length of 4294967295',
    covers: [requirements.frameLength, ...refused],
    play: openBent({ payloadLength: 2 ** 32 - 1 }),
  },
  'id-missing': {
    title: 'The device refuses an open-connect that ends before its key_stream_id',
    covers: [requirements.frameLength, ...refused],
    play: openCut(16),
  },
  'id-short': {
    title: 'The device refuses an open-connect with 15 bytes of a key_stream_id',
    covers: [requirements.frameLength, ...refused],
    play: openCut(1),
  },
  'text-without-end': {
    title: 'The device refuses a source without a NUL behind it',
    covers: [requirements.frameTexts, ...refused],
    play: openBent({ payload: Buffer.from('http://kms-1.net'.padEnd(400, 'x')) }),
  },
  'texts-alone': {
    title: 'The device refuses an open-connect that ends behind its texts',
    covers: [requirements.frameLength, ...refused],
    play: openBent({ payload: Buffer.from('http://kms-1.net\0http://kms-2.net\0') }),
  },
  'version-other': {
    title: 'The device reads or refuses a frame of version 9.9.9',
    covers: [requirements.frameVersion],
    play: (kms) => kms.say('openConnect', { frame: { version: [9, 9, 9] } }),
  },
  'version-zero': {
    title: 'The device reads or refuses a frame of version 0.0.0',
    covers: [requirements.frameVersion],
    play: (kms) => kms.say('openConnect', { frame: { version: [0, 0, 0] } }),
  },
  'service-unknown': {
    title: 'The device refuses a service that there is not',
    covers: [requirements.frameService, ...refused],
    play: (kms) => kms.say('openConnect', { frame: { service: 6 } }),
  },
  'service-of-answer': {
    title: 'The device refuses an answer to open-connect as a call',
    covers: [requirements.frameService, ...refused],
    play: (kms) => kms.say('openConnect', { frame: { service: 3 } }),
  },
  'service-error': {
    title: 'The device refuses an error as a call',
    covers: [requirements.frameService, ...refused],
    play: (kms) => kms.say('openConnect', { frame: { service: 0 } }),
  },
  'bytes-behind': {
    title: 'The device passes bytes behind the last member over, or refuses them',
    covers: [requirements.frameLength],
    play: (kms) =>
      kms.say('openConnect', {
        bytes: (frame) => resized(Buffer.concat([frame, Buffer.from('more')])),
      }),
  },
  'http-instead': {
    title: 'The device gives an HTTP request up',
    covers: [requirements.frameLength, ...refused],
    play: openBent({}, () => Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')),
  },
};

/** Keys that are pulled: each key under its index, the same at both ends. */
const pulling: Readonly<Record<string, Row>> = {
  'keys-at-both-ends': {
    title: 'The device gives the same keys at both ends',
    covers: [requirements.keysEqual, requirements.chunkSizeKept, requirements.pulledIndex],
    play: async (kms) => {
      for (const index of [0, 1, 2]) await getKeyAt(kms, 'a', { index });
      for (const index of [0, 1, 2]) await getKeyAt(kms, 'b', { index });
    },
    expect: manyKeys(3, ['a', 'b']),
  },
  'index-order-free': {
    title: 'The device gives the key of whichever index is asked for',
    covers: [requirements.pulledIndex, requirements.keysEqual],
    play: async (kms) => {
      for (const index of [5, 0]) await getKeyAt(kms, 'a', { index });
      for (const index of [0, 5]) await getKeyAt(kms, 'b', { index });
    },
  },
  'index-again': {
    title: 'The device gives the same key for the same index again, or refuses',
    covers: [requirements.pushRepeats, requirements.indexUnique],
    play: async (kms) => {
      for (const index of [0, 0, 1, 0]) await getKeyAt(kms, 'a', { index });
    },
  },
  'index-beyond': {
    title: 'The device answers get-key for the index 4294967295',
    covers: [requirements.getKeyAnswered, requirements.keysEqual],
    play: async (kms) => {
      await getKeyAt(kms, 'a', { index: 2 ** 32 - 1 });
      await getKeyAt(kms, 'b', { index: 2 ** 32 - 1 });
      await getKeyAt(kms, 'a', { index: 0 });
    },
  },
  'room-none': {
    title: 'get-key without room for metadata takes no key where it is refused',
    covers: [requirements.metadataSmall, requirements.keysEqual],
    play: async (kms) => {
      await getKeyAt(kms, 'a', { index: 0, room: 0 });
      await getKeyAt(kms, 'a', { index: 0 });
      await getKeyAt(kms, 'b', { index: 0 });
    },
    expect: manyKeys(1, ['a', 'b']),
  },
  'room-small': {
    title: 'get-key with room for 4 bytes of metadata takes no key where it is refused',
    covers: [requirements.metadataSmall, requirements.keysEqual],
    play: async (kms) => {
      await getKeyAt(kms, 'a', { index: 0, room: 4 });
      await getKeyAt(kms, 'a', { index: 0 });
      await getKeyAt(kms, 'b', { index: 0 });
    },
    expect: manyKeys(1, ['a', 'b']),
  },
  'single-bytes': {
    title: 'The device reads a frame that comes byte by byte',
    covers: [requirements.framesInAnyCut],
    play: async (kms) => {
      const content = getKeyContent(kms, 0);
      await inPieces(kms, kms.compose('getKey', { content, frame: { end: 'a' } }), 1);
    },
    expect: manyKeys(1, ['a']),
  },
  'header-alone': {
    title: 'The device reads a frame whose header comes before its payload',
    covers: [requirements.framesInAnyCut],
    play: async (kms) => {
      const content = getKeyContent(kms, 0);
      await inPieces(kms, kms.compose('getKey', { content, frame: { end: 'a' } }), 8);
    },
    expect: manyKeys(1, ['a']),
  },
  'second-request': {
    title: 'The device answers a second request on a connection',
    covers: [requirements.framesFollow],
    dialects: manyRequests,
    play: async (kms) => {
      for (const index of [0, 1, 2]) await getKeyAt(kms, 'a', { index, connection: 9 });
    },
    expect: manyKeys(3, ['a']),
  },
  'two-in-a-segment': {
    title: 'The device answers both requests of one segment, in their order',
    covers: [requirements.framesFollow],
    dialects: manyRequests,
    play: (kms) =>
      kms.say('getKey', {
        content: getKeyContent(kms, 0),
        frame: { end: 'a' },
        bytes: (frame) => Buffer.concat([frame, otherIndex(frame, 1), otherIndex(frame, 2)]),
      }),
    expect: manyKeys(3, ['a']),
  },
  'good-behind-half': {
    title: 'A half frame on one connection disturbs no other',
    tags: ['hostile'],
    covers: [requirements.framesInAnyCut, requirements.streamsIndependent],
    play: async (kms) => {
      const half = (frame: Uint8Array) => frame.subarray(0, 12);
      kms.send('getKey', { content: getKeyContent(kms, 0), frame: { end: 'a' }, bytes: half });
      await getKeyAt(kms, 'a', { index: 0, connection: 9 });
      await getKeyAt(kms, 'b', { index: 0 });
    },
    expect: manyKeys(1, ['a', 'b']),
  },
};

/** The content of a get-key for the stream that is open. */
function getKeyContent(kms: Etsi004Player, index: number): object {
  const metadata = { size: metadataRoom, buffer: '' };
  return { ...messages.getKey.example, key_stream_id: streamId(kms), index, metadata };
}

/** The same get-key for another index: it stands behind the header and the id. */
function otherIndex(frame: Uint8Array, index: number): Uint8Array {
  const other = Buffer.from(frame);
  other.writeUInt32BE(index, 8 + 16);
  return other;
}

/** Frames over TCP, and keys that are pulled. */
export const framing: readonly Case<Etsi004Bend>[] = [
  ...table('framing', { against: 'qkd-device', tags: ['hostile'], dialects }, unreadable),
  ...table('framing', { against: 'qkd-device', from: 'oneB.open', dialects }, pulling),
];
