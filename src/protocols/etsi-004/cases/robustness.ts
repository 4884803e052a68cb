import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { table } from './table.ts';

const body = (text: string) => ({ frame: { body: Buffer.from(text) } });
const { source, destination, qos } = messages.openConnect.example;

/** What becomes of wrong calls. */
export const robustness: readonly Case<Etsi004Bend>[] = table(
  'robustness',
  { against: 'qkd-device', tags: ['hostile'] },
  {
    'json-cut': {
      title: 'The device refuses a call whose content is no JSON',
      covers: [requirements.malformedRefused],
      play: (kms) => kms.say('openConnect', body('{"source": "http://kms-1.net",')),
    },
    'no-content': {
      title: 'The device refuses a call without content',
      covers: [requirements.unfitRefused],
      play: (kms) => kms.say('openConnect', { content: undefined }),
    },
    'member-missing': {
      title: 'The device refuses an open-connect without qos',
      covers: [requirements.unfitRefused],
      play: (kms) =>
        kms.say('openConnect', { content: { source, destination, key_stream_id: null } }),
    },
    'chunk-size-text': {
      title: 'The device refuses a key_chunk_size that is a text',
      covers: [requirements.unfitRefused],
      play: (kms) => {
        const wrong = { ...qos, key_chunk_size: '32' };
        const content = { source, destination, key_stream_id: null, qos: wrong };
        return kms.say('openConnect', { content });
      },
    },
    'path-unknown': {
      title: 'The device refuses a call to a path that is not served',
      covers: [requirements.unknownPathRefused],
      play: (kms) => kms.say('openConnect', { frame: { target: '/api/v1/kms/etsi004/open' } }),
    },
    'method-wrong': {
      title: 'The device refuses a call with another method',
      covers: [requirements.wrongMethodRefused],
      play: (kms) => kms.say('openConnect', { frame: { method: 'PUT' } }),
    },
  },
);
