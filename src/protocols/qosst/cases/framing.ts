import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { replies } from './case.ts';
import { aliceTable, hearUpTo, identified, partsOf, writeAndHear, writeAndLeave } from './table.ts';

const request = 'identificationRequest';
const bare = 'requestPolarisationRecovery';

/** The first bytes of a TLS session, long enough to look like the beginning of a frame. */
const tlsHello = Buffer.from('16030100c8010000c40303'.padEnd(400, '5a'), 'hex');

/** Lengths and order of a frame's parts, where one of them is wrong. */
const lengths = aliceTable(
  'framing',
  { from: identified, tags: ['hostile'], covers: [requirements.lengthsInOrder] },
  {
    'digest-length-first': {
      title: 'Alice does not take a frame whose two lengths are swapped, as the prose has them',
      play: (bob) => bob.say(bare, { bytes: (frame) => swapped(frame, 0, 2) }),
      expect: replies(requirements.lengthsInOrder, 'invalidContent', 'authenticationInvalid'),
    },
    'lengths-little-endian': {
      title: 'Alice does not read the lengths as little-endian numbers',
      covers: [requirements.lengthsBigEndian],
      play: (bob) =>
        writeAndLeave(bob, swapped(swapped(bob.compose(request), 0, 1, 1), 2, 3, 1), 'end'),
    },
    'header-before-digest': {
      title: 'Alice does not take a frame whose header stands before its digest',
      covers: [requirements.bodyOrder],
      play: (bob) =>
        bob.say(bare, {
          bytes: (frame) => {
            const { fixed, digest, header, content } = partsOf(frame);
            return Buffer.concat([fixed, header, digest, content]);
          },
        }),
    },
    'no-fixed-header': {
      title: 'Alice outlives a frame without the fixed header',
      covers: [requirements.fixedHeaderFourBytes],
      play: (bob) => writeAndLeave(bob, bob.compose(request).subarray(4)),
    },
    'four-zero-bytes': {
      title: 'Alice refuses a frame that is nothing but four zero bytes',
      covers: [requirements.fixedHeaderFourBytes, requirements.headerIsJsonObject],
      play: (bob) => writeAndHear(bob, Buffer.alloc(4)),
    },
    'eight-zero-bytes': {
      title: 'Alice refuses two empty frames in one segment',
      covers: [requirements.fixedHeaderFourBytes],
      play: async (bob) => {
        bob.write(Buffer.alloc(8));
        await hearUpTo(bob, 2);
        await bob.reconnect();
      },
    },
    'header-length-short': {
      title: 'Alice refuses a frame whose header length is one too small',
      covers: [requirements.headerIsJsonObject, requirements.malformedFrameAnswered],
      play: async (bob) => {
        await bob.say(bare, { bytes: (frame) => resized(frame, -1) });
        await bob.reconnect();
      },
    },
    'header-length-long': {
      title: 'Alice refuses a frame whose header length is one too large, once the byte is there',
      covers: [requirements.digestMatches],
      play: async (bob) => {
        bob.write(resized(bob.compose(bare), +1));
        await bob.pause(5);
        await writeAndHear(bob, Buffer.from(' '));
      },
    },
  },
);

/** What is no frame at all. None of it has to be answered: Alice must be there afterwards. */
const junk = aliceTable(
  'framing',
  { tags: ['hostile'], covers: [requirements.serverDoesNotStop] },
  {
    ...Object.fromEntries(
      Object.entries({
        'one-byte': Buffer.of(0),
        'http-get': Buffer.from('GET / HTTP/1.1\r\nHost: alice\r\n\r\n'),
        'tls-hello': tlsHello,
        'json-without-frame': Buffer.from('{"code": 100, "content_length": 0}'),
        'ssh-banner': Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
        'all-ones': Buffer.alloc(64, 0xff),
        'long-junk': Buffer.alloc(200_000, '\u0001junk'),
      }).map(([name, bytes]) => [
        `junk-${name}`,
        {
          title: `Alice outlives a client that sends ${name.replaceAll('-', ' ')}`,
          play: (bob) => writeAndLeave(bob, bytes),
        } satisfies Parameters<typeof aliceTable>[2][string],
      ]),
    ),
    'half-frame-then-fin': {
      title: 'Alice takes a frame that ends with the connection as a disconnection',
      play: (bob) => writeAndLeave(bob, half(bob.compose(request)), 'end'),
    },
    'half-frame-then-reset': {
      title: 'Alice serves the next client after one that broke off within a frame',
      play: (bob) => writeAndLeave(bob, half(bob.compose(request)), 'reset'),
    },
    'fixed-header-then-fin': {
      title: 'Alice outlives a client that leaves after the fixed header',
      play: (bob) => writeAndLeave(bob, bob.compose(request).subarray(0, 4), 'end'),
    },
    'frame-then-reset': {
      title: 'Alice outlives a client that leaves before he hears her answer',
      play: (bob) => writeAndLeave(bob, bob.compose(request), 'reset'),
    },
  },
);

export const framing: readonly Case<QosstBend>[] = [...lengths, ...junk];

function half(frame: Uint8Array): Uint8Array {
  return frame.subarray(0, Math.floor(frame.length / 2));
}

/** The frame with `width` bytes at one place and at another exchanged. */
function swapped(frame: Uint8Array, left: number, right: number, width = 2): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy.set(frame.subarray(left, left + width), right);
  copy.set(frame.subarray(right, right + width), left);
  return copy;
}

/** The frame with another header length, whichever length comes first. */
function resized(frame: Uint8Array, by: number): Uint8Array {
  const copy = Buffer.from(frame);
  const { header } = partsOf(frame);
  const at = copy.readUInt16BE(0) === header.length ? 0 : 2;
  copy.writeUInt16BE(header.length + by, at);
  return copy;
}
