import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { answers, hearKeys } from './expect.ts';
import { endsOf, opening, openingWith, streamId } from './streams.ts';
import type { Etsi004Player } from './case.ts';
import { table } from './table.ts';

/** Opens one more stream at every end in sight; its id. */
async function opened(kms: Etsi004Player, which: number, chunkBytes = 32): Promise<string> {
  const qos = { key_chunk_size: chunkBytes };
  await kms.say('openConnect', { content: openingWith(kms, qos), frame: { end: 'a' } });
  const key_stream_id = streamId(kms, which);
  for (const end of endsOf(kms).slice(1)) {
    const content = openingWith(kms, qos, { key_stream_id });
    await kms.say('openConnect', { content, frame: { end } });
  }
  return key_stream_id;
}

/** The same, and asks for its keys. */
async function another(kms: Etsi004Player, which: number, chunkBytes?: number): Promise<string> {
  const key_stream_id = await opened(kms, which, chunkBytes);
  for (const end of endsOf(kms)) {
    await kms.say('getKey', { content: { key_stream_id }, frame: { end } });
  }
  return key_stream_id;
}

/** Twelve for each end of one stream. */
const keysOfOne = 24;
/** Fourteen for each end of two streams. */
const keysOfTwo = 56;

/** Two streams at once. */
export const streamsApart: readonly Case<Etsi004Bend>[] = table(
  'streams',
  { against: 'qkd-device', covers: [requirements.streamsIndependent] },
  {
    interleaved: {
      title: 'The device pushes the keys of two streams side by side, none in both',
      covers: [requirements.keysOfOneStream, requirements.keysEqual, requirements.keysFresh],
      play: async (kms) => {
        await another(kms, 0);
        await another(kms, 1);
        await hearKeys(kms, keysOfTwo);
      },
    },
    'of-two-sizes': {
      title: 'The device keeps the chunk sizes of two streams apart',
      covers: [requirements.chunkSizeKept],
      play: async (kms) => {
        await another(kms, 0, 32);
        await another(kms, 1, 40);
        await hearKeys(kms, keysOfTwo);
      },
    },
    'one-closed': {
      title: 'A stream that is open is served after another one was closed',
      covers: [requirements.closeEndsPushing, requirements.keysOfOneStream],
      play: async (kms) => {
        const first = await another(kms, 0);
        const second = await opened(kms, 1);
        await hearKeys(kms, keysOfOne);
        for (const end of endsOf(kms)) {
          await kms.say('close', { content: { key_stream_id: first }, frame: { end } });
        }
        await kms.say('getKey', { content: { key_stream_id: second }, frame: { end: 'a' } });
        await kms.listen(100);
      },
      expect: answers(
        requirements.streamsIndependent,
        { call: 'getKey', end: 'a' },
        { getKeyAccepted: 'any', getKeyRefused: [2, 4, 6, 8] },
      ),
    },
    'get-key-of-the-closed': {
      title: 'The device refuses get-key for a closed stream while another one is open',
      covers: [requirements.getKeyAfterCloseRefused],
      play: async (kms) => {
        const first = await another(kms, 0);
        await another(kms, 1);
        for (const end of endsOf(kms)) {
          await kms.say('close', { content: { key_stream_id: first }, frame: { end } });
        }
        await kms.say('getKey', { content: { key_stream_id: first }, frame: { end: 'a' } });
      },
    },
    'keys-after-a-closed-stream': {
      title: 'A stream after one that was closed has keys of its own',
      covers: [requirements.keysOfOneStream],
      play: async (kms) => {
        const first = await another(kms, 0);
        await hearKeys(kms, 6);
        for (const end of endsOf(kms)) {
          await kms.say('close', { content: { key_stream_id: first }, frame: { end } });
        }
        await kms.listen(50);
        await kms.say('openConnect', { content: opening(kms), frame: { end: 'a' } });
        await kms.listen(50);
      },
    },
  },
);
