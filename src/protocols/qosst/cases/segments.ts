import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, hearUpTo, identified, partsOf, type Row } from './table.ts';

const request = 'identificationRequest';

/** Where a frame of an identification is cut in two. */
const cuts: Readonly<Record<string, (parts: ReturnType<typeof partsOf>) => number>> = {
  'after-one-byte': () => 1,
  'between-the-lengths': () => 2,
  'after-the-lengths': () => 4,
  'within-the-digest': () => 20,
  'after-the-digest': ({ digest }) => 4 + digest.length,
  'within-the-header': ({ digest, header }) => 4 + digest.length + (header.length >> 1),
  'after-the-header': ({ digest, header }) => 4 + digest.length + header.length,
  'before-the-last-byte': ({ digest, header, content }) =>
    4 + digest.length + header.length + content.length - 1,
};

/** TCP may cut and join what Bob writes as it likes: the answers are the same. */
export const segments: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'segments',
    { from: identified, reusable: true, covers: [requirements.identificationAnswered] },
    {
      ...Object.fromEntries(
        Object.entries(cuts).map(([name, cut]): [string, Row] => [
          `cut-${name}`,
          {
            title: `Alice answers a frame that arrives cut in two ${name.replaceAll('-', ' ')}`,
            play: async (bob) => {
              const bytes = bob.compose(request);
              const at = cut(partsOf(bytes));
              await inPieces(bob, [bytes.subarray(0, at), bytes.subarray(at)]);
            },
          },
        ]),
      ),
      'byte-by-byte': {
        title: 'Alice answers a frame that arrives in segments of one byte',
        play: (bob) => inPieces(bob, pieces(bob.compose(request), 1), 0),
      },
      'seven-bytes-each': {
        title: 'Alice answers a frame that arrives in segments of seven bytes',
        play: (bob) => inPieces(bob, pieces(bob.compose(request), 7), 1),
      },
      'slow-sender': {
        title: 'Alice waits for a frame of which a byte comes every five milliseconds',
        tags: ['slow'],
        play: (bob) => {
          const bytes = bob.compose(request);
          return inPieces(bob, [...pieces(bytes.subarray(0, 50), 1), bytes.subarray(50)], 5);
        },
      },
    },
  ),
  ...aliceTable(
    'segments',
    { from: identified, tags: ['hostile'], covers: [requirements.speaksOnlyWhenAsked] },
    {
      'two-frames-in-one': {
        title: 'Alice answers two frames of one segment in their order, or gives up',
        play: (bob) => atOnce(bob, 2),
      },
      'five-frames-in-one': {
        title: 'Alice answers five frames of one segment in their order, or gives up',
        play: (bob) => atOnce(bob, 5),
      },
      'frame-and-a-half': {
        title: 'Alice answers a frame and, when the rest has come, the next one',
        play: async (bob) => {
          const [first, second] = [bob.compose(request), bob.compose(request)];
          bob.write(Buffer.concat([first, second.subarray(0, 30)]));
          await bob.hear();
          bob.write(second.subarray(30));
          await hearUpTo(bob, 1);
          await bob.reconnect();
        },
      },
      'second-request-too-early': {
        title: 'Alice does not believe a request that was sent before her answer',
        play: async (bob) => {
          bob.write(bob.compose(request));
          bob.write(bob.compose('requestPolarisationRecovery'));
          await hearUpTo(bob, 2);
          await bob.reconnect();
        },
      },
      'flood-of-200': {
        title: 'Alice answers 200 frames of one segment in their order, or gives up',
        covers: [requirements.serverDoesNotStop],
        play: (bob) => atOnce(bob, 200),
      },
    },
  ),
];

async function inPieces(
  bob: QosstPlayer,
  segmented: readonly Uint8Array[],
  pauseMs = 3,
): Promise<void> {
  for (const piece of segmented) {
    bob.write(piece);
    await bob.pause(pauseMs);
  }
  await bob.hear();
}

function pieces(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Bob speaks out of turn, with the one message that returns no challenge. */
async function atOnce(bob: QosstPlayer, count: number): Promise<void> {
  bob.write(Buffer.concat(Array.from({ length: count }, () => bob.compose(request))));
  await hearUpTo(bob, count);
  await bob.reconnect();
}
