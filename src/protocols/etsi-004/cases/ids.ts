import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { opening, streamId, unknownId } from './streams.ts';
import { rows, table } from './table.ts';

/** What stands where the id of an open stream should. */
const wrong: Readonly<Record<string, (id: string) => unknown>> = {
  null: () => null,
  absent: () => undefined,
  empty: () => '',
  number: () => 4,
  list: (id) => [id],
  zeros: () => '00000000-0000-0000-0000-000000000000',
  short: (id) => id.slice(0, -1),
  long: (id) => `${id}0`,
  'not-hexadecimal': (id) => `g${id.slice(1)}`,
  unknown: () => unknownId,
  'one-digit-other': (id) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`,
  'blank-behind': (id) => `${id} `,
};

const ofCall = (call: 'getKey' | 'close', title: string) =>
  rows(
    Object.fromEntries(
      Object.entries(wrong).map(([name, idOf]) => [`${title}-${name}`, { idOf, name }]),
    ),
    ({ idOf, name }) => ({
      title: `The device refuses ${title} with an id that is ${name.replaceAll('-', ' ')}`,
      play: (kms) => kms.say(call, { content: { key_stream_id: idOf(streamId(kms)) } }),
    }),
  );

const named = table(
  'ids',
  {
    against: 'qkd-device',
    from: 'oneA.open',
    tags: ['hostile'],
    covers: [requirements.unknownStreamRefused, requirements.unfitRefused],
  },
  { ...ofCall('getKey', 'get-key'), ...ofCall('close', 'close') },
);

/** Where the source end says that it has no id. */
const atSource = table(
  'ids',
  { against: 'qkd-device', covers: [requirements.unfitRefused], tags: ['hostile'] },
  rows(
    {
      'source-absent': undefined,
      'source-empty': '',
      'source-number': 0,
      'source-false': false,
      'source-text-null': 'null',
      'source-no-uuid': 'stream-1',
    },
    (key_stream_id, name) => ({
      title: `The device refuses an open-connect whose id is ${name.replace('source-', '')}`,
      play: (kms) => {
        const content = opening(kms, { key_stream_id });
        return kms.say('openConnect', { content, frame: { end: 'a' } });
      },
    }),
  ),
);

/** Forms that many libraries take for the same id. */
const forms: Readonly<Record<string, (id: string) => string>> = {
  'without-hyphens': (id) => id.replaceAll('-', ''),
  braces: (id) => `{${id}}`,
  urn: (id) => `urn:uuid:${id}`,
};

const spelled = table(
  'ids',
  { against: 'qkd-device', from: 'oneA.open' },
  {
    ...rows(forms, (form, name) => ({
      title: `The device answers get-key with an id in the form ${name.replaceAll('-', ' ')}`,
      covers: [requirements.getKeyAnswered],
      tags: ['hostile'],
      play: (kms) => kms.say('getKey', { content: { key_stream_id: form(streamId(kms)) } }),
    })),
    'capitals-in-close': {
      title: 'The device closes a stream whose id comes in capital letters',
      covers: [requirements.closeAnswered],
      play: (kms) => kms.say('close', { content: { key_stream_id: streamId(kms).toUpperCase() } }),
    },
  },
);

/** Which stream a call names. */
export const ids: readonly Case<Etsi004Bend>[] = [...named, ...atSource, ...spelled];
