import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { hearKeys, pushesKeys } from './expect.ts';
import { streamId, unknownId } from './streams.ts';
import { table } from './table.ts';

/** How keys are asked for and pushed. */
export const delivery: readonly Case<Etsi004Bend>[] = table(
  'delivery',
  { against: 'qkd-device' },
  {
    'get-key': {
      title: 'The device accepts get-key for a stream that is open',
      covers: [requirements.getKeyAnswered, requirements.getContentRead],
      from: 'oneA.open',
      play: (kms) => kms.say('getKey'),
    },
    'keys-at-both-ends': {
      title: 'The device pushes the same keys at both ends',
      covers: [
        requirements.getKeyStartsPushing,
        requirements.keysEqual,
        requirements.chunkSizeKept,
      ],
      from: 'oneB.pushing',
      play: (kms) => hearKeys(kms, 8),
      expect: pushesKeys(3, ['a', 'b']),
    },
    'get-key-twice': {
      title: 'A further get-key changes nothing',
      covers: [requirements.getKeyAnswered, requirements.indexUnique],
      from: 'oneB.pushing',
      play: async (kms) => {
        await hearKeys(kms, 4);
        const content = { key_stream_id: streamId(kms) };
        await kms.say('getKey', { content, frame: { end: 'a' } });
        await hearKeys(kms, 4);
      },
      expect: pushesKeys(3, ['a', 'b']),
    },
    'unknown-stream': {
      title: 'The device refuses get-key for a stream that there is not',
      covers: [requirements.unknownStreamRefused],
      play: (kms) => kms.say('getKey', { content: { key_stream_id: unknownId } }),
    },
  },
);
