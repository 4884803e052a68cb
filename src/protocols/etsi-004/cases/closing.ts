import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { hearKeys } from './expect.ts';
import { streamId, unknownId } from './streams.ts';
import { table } from './table.ts';

/** Longer than any key that was under way may take, ms. */
const afterGraceMs = 1500;

/** How streams end. */
export const closing: readonly Case<Etsi004Bend>[] = table(
  'closing',
  { against: 'qkd-device' },
  {
    close: {
      title: 'The device closes a stream that is open',
      covers: [requirements.closeAnswered],
      from: 'oneA.open',
      play: (kms) => kms.say('close'),
    },
    'while-pushing': {
      title: 'After close no key comes but those that were under way',
      covers: [requirements.closeEndsPushing, requirements.closeAnswered],
      from: 'oneB.pushing',
      tags: ['slow'],
      play: async (kms) => {
        await hearKeys(kms, 4);
        const key_stream_id = streamId(kms);
        await kms.say('close', { content: { key_stream_id }, frame: { end: 'a' } });
        await kms.say('close', { content: { key_stream_id }, frame: { end: 'b' } });
        await kms.hear(afterGraceMs);
        await kms.hear(1);
      },
    },
    'get-key-after': {
      title: 'The device refuses get-key for a stream that is closed',
      covers: [requirements.getKeyAfterCloseRefused, requirements.unknownStreamRefused],
      from: 'oneA.closed',
      play: (kms) => kms.say('getKey', { content: { key_stream_id: streamId(kms) } }),
    },
    'unknown-stream': {
      title: 'The device refuses close for a stream that there is not',
      covers: [requirements.unknownStreamRefused],
      play: (kms) => kms.say('close', { content: { key_stream_id: unknownId } }),
    },
  },
);
