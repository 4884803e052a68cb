import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Utterance } from '#src/contract/frame.ts';
import { takesKeys } from './kms-expect.ts';
import { insist } from './kms-speech.ts';
import { table, type Row } from './table.ts';

type Bend = Omit<Utterance<Etsi004Bend>, 'message'>;

/** Rounds of refusals: more than a KMS needs to give up. */
const manyRounds = 12;

const { formsUnderstood, successCodes, keyTaken } = requirements;

/** Statuses with which get-key is refused, and what each means. */
const refusals: Readonly<Record<string, string>> = {
  2: 'there are not enough keys',
  3: 'the peer is not connected',
  4: 'there is no QKD connection',
  6: 'the time is over',
  8: 'the buffer for metadata is too small',
};

/** How KMSs read the answer to get-key. */
export const kmsGetKey: readonly Case<Etsi004Bend>[] = table(
  'kms-get-key',
  { against: 'kms', from: 'oneA.starting' },
  {
    'code-205-with-content': accepted('with 205 and content', {}),
    'code-205-empty': accepted('with 205 and no content', { content: undefined }),
    'code-200': {
      ...accepted('with 200', { frame: { code: 200 } }),
      covers: [successCodes],
      expect: takesKeys({ unless: { successCode: 'listed' } }),
    },
    chunked: accepted('in chunks', { frame: { chunked: { sizes: [5] } } }),
    'without-metadata': accepted('without metadata', { content: { status: 0 } }),
    'members-more': accepted('with more members', {
      content: { status: 0, index: 7, vendor: null },
    }),
    'push-first': {
      title: 'The KMS takes a key that overtakes the answer to get-key',
      covers: [keyTaken, requirements.everyPushAnswered],
      play: async (device) => {
        await insist(device);
        await device.say('getKeyAccepted');
        await insist(device);
      },
      expect: takesKeys({ unless: { pushBeforeAnswer: 'refused' } }),
    },
    'answered-late': {
      title: 'The KMS waits for an answer to get-key that takes its time',
      covers: [requirements.getKeyNamesStream],
      play: async (device) => {
        await device.hear(150);
        await device.say('getKeyAccepted');
        await insist(device);
      },
    },
    ...Object.fromEntries(
      Object.entries(refusals).map(([status, why]) => [`refused-${status}`, refused(status, why)]),
    ),
    'refused-again-and-again': {
      title: 'The KMS gives up, or asks again, each time that get-key is refused',
      covers: [requirements.getKeyNamesStream, requirements.closeBeforeLeaving],
      play: async (device) => {
        for (let round = 0; round < manyRounds; round += 1) {
          device.send('getKeyRefused', { content: { status: 2 } });
          const heard = await device.hear();
          if (heard.kind !== 'frame' || heard.perceived.message !== 'getKey') return;
        }
      },
    },
    'refused-yet-pushed': {
      title: 'The KMS answers a key although get-key was refused',
      covers: [requirements.everyPushAnswered],
      tags: ['hostile'],
      play: async (device) => {
        await device.say('getKeyRefused', { content: { status: 4 } });
        await insist(device);
      },
    },
  },
);

function accepted(how: string, bend: Bend): Row {
  return {
    title: `The KMS takes keys after an answer to get-key ${how}`,
    covers: [formsUnderstood, keyTaken],
    play: async (device) => {
      await device.say('getKeyAccepted', bend);
      await insist(device);
    },
    expect: takesKeys(),
  };
}

function refused(status: string, why: string): Row {
  const metadata = { size: 57, buffer: '' };
  const content = { status: Number(status), ...(status === '8' ? { metadata } : {}) };
  return {
    title: `The KMS asks again, or closes the stream, where ${why}`,
    covers: [requirements.getKeyNamesStream, requirements.closeBeforeLeaving],
    play: (device) => device.say('getKeyRefused', { content }),
  };
}
