import { hash } from 'node:crypto';
import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, identified, partsOf, type Row } from './table.ts';

const request = 'identificationRequest';

type Parts = ReturnType<typeof partsOf>;

const sha256 = (...parts: readonly Uint8Array[]) =>
  Buffer.from(hash('sha256', Buffer.concat(parts), 'hex'), 'hex');
const hashed = (name: string, { header, content }: Parts) =>
  Buffer.from(hash(name, Buffer.concat([header, content]), 'hex'), 'hex');

/** Seals that are wrong, made of the honest frame. */
const wrongSeals: Readonly<Record<string, (parts: Parts) => Uint8Array>> = {
  missing: () => Buffer.alloc(0),
  'one-byte': ({ digest }) => digest.subarray(0, 1),
  'one-byte-short': ({ digest }) => digest.subarray(0, -1),
  'one-byte-long': ({ digest }) => Buffer.concat([digest, Buffer.of(0)]),
  'first-bit-flipped': ({ digest }) => flipped(digest, 0, 0x80),
  'last-bit-flipped': ({ digest }) => flipped(digest, digest.length - 1, 1),
  'all-zero': ({ digest }) => Buffer.alloc(digest.length),
  'all-ones': ({ digest }) => Buffer.alloc(digest.length, 0xff),
  reversed: ({ digest }) => Buffer.from([...digest].toReversed()),
  'in-hexadecimal': ({ digest }) => Buffer.from(digest.toString('hex')),
  'in-base64': ({ digest }) => Buffer.from(digest.toString('base64')),
  'of-header-only': ({ header }) => sha256(header),
  'of-content-only': ({ content }) => sha256(content),
  'of-content-first': ({ header, content }) => sha256(content, header),
  'of-fixed-header-too': ({ fixed, header, content }) => sha256(fixed, header, content),
  'of-nothing': () => sha256(),
  twice: ({ digest }) => sha256(digest),
  'of-written-again': ({ header, content }) =>
    sha256(Buffer.from(JSON.stringify(JSON.parse(header.toString()))), content),
  'sha-1': (parts) => hashed('sha1', parts),
  'sha-512': (parts) => hashed('sha512', parts),
  'sha-512-cut': (parts) => hashed('sha512', parts).subarray(0, 32),
  'sha3-256': (parts) => hashed('sha3-256', parts),
};

const shared = {
  tags: ['hostile'],
  covers: [requirements.unauthenticAnswered, requirements.digestMatches],
};

export const digest: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'digest',
    shared,
    Object.fromEntries(
      Object.entries(wrongSeals).map(([name, seal]): [string, Row] => [
        name,
        {
          title: `Alice refuses a first frame whose digest is wrong: ${name.replaceAll('-', ' ')}`,
          play: (bob) => sayResealed(bob, request, seal),
        },
      ]),
    ),
  ),
  ...aliceTable('digest', shared, {
    'of-another-frame': {
      title: 'Alice refuses a frame with the digest of another one',
      play: (bob) => {
        const other = partsOf(bob.compose(request)).digest;
        return sayResealed(bob, request, () => other);
      },
    },
    'of-changed-content': {
      title: 'Alice refuses a frame whose content was changed after it was sealed',
      play: (bob) => bob.say(request, { bytes: (frame) => flipped(frame, frame.length - 10, 1) }),
    },
    'wrong-once-identified': {
      title:
        'Alice refuses a wrong digest after identification, and holds Bob no longer identified',
      from: identified,
      play: async (bob) => {
        await sayResealed(bob, 'requestPolarisationRecovery', ({ digest: seal }) =>
          flipped(seal, 5, 1),
        );
        await bob.say('initializationRequest');
      },
    },
    'wrong-within-a-frame': {
      title: 'Alice refuses a wrong digest in the middle of a frame',
      from: 'quantumInformationExchange.emitting',
      play: (bob) =>
        sayResealed(bob, 'qieAcquisitionEnded', ({ digest: seal }) => flipped(seal, 31, 0x10)),
    },
    'wrong-then-identification': {
      title: 'Alice identifies Bob again after twenty wrong digests',
      covers: [requirements.identificationAnswered],
      play: async (bob) => {
        for (let count = 0; count < 20; count += 1) {
          await sayResealed(bob, request, ({ digest: seal }) => flipped(seal, count, 1));
        }
        await bob.say(request);
        await bob.say('initializationRequest');
      },
    },
  }),
];

function sayResealed(bob: QosstPlayer, message: string, seal: (parts: Parts) => Uint8Array) {
  return bob.say(message, { bytes: (frame) => resealed(frame, seal(partsOf(frame))) });
}

/** The frame with another digest, and the length of that one. */
function resealed(frame: Uint8Array, seal: Uint8Array): Uint8Array {
  const { fixed, header, content } = partsOf(frame);
  const start = Buffer.from(fixed);
  start.writeUInt16BE(seal.length, fixed.readUInt16BE(0) === header.length ? 2 : 0);
  return Buffer.concat([start, seal, header, content]);
}

function flipped(bytes: Uint8Array, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ bit;
  return copy;
}
