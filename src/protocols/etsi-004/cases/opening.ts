import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { streamId } from './streams.ts';
import { table } from './table.ts';

/** How streams are opened. */
export const opening: readonly Case<Etsi004Bend>[] = table(
  'opening',
  { against: 'qkd-device' },
  {
    'at-source': {
      title: 'The device opens a stream at the source, under an id of its own',
      covers: [requirements.openConnectAnswered, requirements.streamIdAssigned],
      play: (kms) => kms.say('openConnect'),
    },
    'at-destination': {
      title: 'The device opens the stream at the destination, under the id of the source',
      covers: [requirements.openConnectAnswered, requirements.streamIdKept],
      from: 'oneA.open',
      play: (kms) => kms.walk('oneB.open'),
    },
    'id-in-use': {
      title: 'The device refuses to open a stream twice at the same end',
      covers: [requirements.idInUseRefused],
      from: 'oneB.open',
      play: (kms) => {
        const content = { ...messages.openConnect.example, key_stream_id: streamId(kms) };
        return kms.say('openConnect', { content, frame: { end: 'b' } });
      },
    },
    'two-streams': {
      title: 'The device opens two streams beside each other, under different ids',
      covers: [requirements.streamIdAssigned, requirements.streamsIndependent],
      from: 'oneA.open',
      play: (kms) => kms.walk('twoA.open'),
    },
  },
);
