import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { kmsBadHttp } from './kms-bad-http.ts';
import { kmsBadPush } from './kms-bad-push.ts';
import { kmsClosing } from './kms-closing.ts';
import { kmsConduct } from './kms-conduct.ts';
import { kmsDelivery } from './kms-delivery.ts';
import { takesKeys } from './kms-expect.ts';
import { kmsForms } from './kms-forms.ts';
import { kmsGetKey } from './kms-get-key.ts';
import { kmsOpening } from './kms-opening.ts';
import { kmsRefused } from './kms-refused.ts';
import { kmsUnusable } from './kms-unusable.ts';
import { unknownId } from './streams.ts';
import { table } from './table.ts';

const { example } = messages.keyMaterial;

/** How a KMS opens, is served and closes: the first look. */
const first: readonly Case<Etsi004Bend>[] = table(
  'kms',
  { against: 'kms' },
  {
    course: {
      title: 'The KMS opens a stream, takes its keys and closes it',
      covers: [requirements.everyPushAnswered, requirements.closeBeforeLeaving],
    },
    'key-accepted': {
      title: 'The KMS takes a key of a stream that it asked for',
      covers: [requirements.everyPushAnswered, requirements.pushAnswered, requirements.keyTaken],
      from: 'oneA.pushing',
      play: (device) => device.say('keyMaterial'),
      expect: takesKeys(),
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
      covers: [requirements.everyPushAnswered, requirements.pushOfUnknownRefused],
      from: 'oneA.pushing',
      tags: ['hostile'],
      play: (device) => {
        const metadata = { size: 57, buffer: { key_stream_id: unknownId } };
        return device.say('keyMaterial', { content: { ...example, metadata } });
      },
    },
    'push-unasked': {
      title: 'The KMS answers a key of a stream that it has not asked for yet',
      covers: [requirements.everyPushAnswered],
      from: 'oneA.open',
      tags: ['hostile'],
      play: (device) => device.say('keyMaterial', { frame: { end: 'a' } }),
    },
  },
);

/** The suite against a KMS, topic by topic. */
export const againstKms: readonly Case<Etsi004Bend>[] = [
  ...first,
  ...kmsConduct,
  ...kmsOpening,
  ...kmsRefused,
  ...kmsUnusable,
  ...kmsGetKey,
  ...kmsDelivery,
  ...kmsForms,
  ...kmsBadPush,
  ...kmsBadHttp,
  ...kmsClosing,
];
