import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { unknownId } from './streams.ts';
import { table } from './table.ts';

const { example } = messages.keyMaterial;

/** How a KMS opens, is served and closes. */
export const againstKms: readonly Case<Etsi004Bend>[] = table(
  'kms',
  { against: 'kms' },
  {
    course: {
      title: 'The KMS opens a stream, takes its keys and closes it',
      covers: [requirements.everyPushAnswered, requirements.closeBeforeLeaving],
    },
    'key-accepted': {
      title: 'The KMS takes a key of a stream that it asked for',
      covers: [requirements.everyPushAnswered, requirements.pushAnswered],
      from: 'oneA.pushing',
      play: (device) => device.say('keyMaterial'),
    },
    'push-malformed': {
      title: 'The KMS refuses a push whose content is no JSON',
      covers: [requirements.badPushRefused],
      from: 'oneA.pushing',
      tags: ['hostile'],
      play: (device) => device.say('keyMaterial', { frame: { body: Buffer.from('{"status": 0') } }),
    },
    'push-of-unknown': {
      title: 'The KMS answers a push for a stream that it does not have',
      covers: [requirements.everyPushAnswered],
      from: 'oneA.pushing',
      tags: ['hostile'],
      play: (device) => {
        const metadata = { size: 57, buffer: { key_stream_id: unknownId } };
        return device.say('keyMaterial', { content: { ...example, metadata } });
      },
    },
  },
);
