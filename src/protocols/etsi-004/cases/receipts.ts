import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { hearKeys, pushesKeys } from './expect.ts';
import { serve } from './streams.ts';
import { rows, table } from './table.ts';

/** How the KMS may answer a push otherwise than with status 0. */
const refusals: Readonly<
  Record<string, { message: string; content?: object; frame?: Etsi004Bend }>
> = {
  'refused-400': { message: 'keyRefused', content: { status: 3 } },
  'refused-500': { message: 'keyRefused', content: { status: 4 }, frame: { code: 500 } },
  'refused-503': { message: 'keyRefused', content: { status: 6 }, frame: { code: 503 } },
  'refused-without-content': { message: 'keyRefused', frame: { code: 429 } },
  'no-answer-but-the-end': { message: 'hungUp' },
  'no-answer-but-a-reset': { message: 'hungUp', frame: { leaves: 'reset' } },
};

/** Hears the next key, and answers it so. */
async function answerNext(kms: Etsi004Player, how: (typeof refusals)[string]): Promise<boolean> {
  for (;;) {
    const heard = await kms.hear();
    if (heard.kind !== 'frame') return false;
    const { message, payload } = heard.perceived;
    if (message !== 'keyMaterial') continue;
    const { connection } = payload;
    const end = payload['end'] === 'b' ? 'b' : 'a';
    const at: Etsi004Bend = typeof connection === 'number' ? { end, connection } : { end };
    const frame = { ...at, ...how.frame };
    kms.send(how.message, { content: how.content, frame });
    return true;
  }
}

/** What becomes of keys that the KMS refuses, answers late, or does not answer. */
export const receipts: readonly Case<Etsi004Bend>[] = table(
  'receipts',
  {
    against: 'qkd-device',
    from: 'oneA.open',
    covers: [requirements.pushRepeats, requirements.indexUnique],
  },
  {
    ...rows(refusals, (how, name) => ({
      title: `The device outlives a KMS that answers a key so: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.deviceKeepsServing, requirements.keysEqual],
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 2);
        await answerNext(kms, how);
        await hearKeys(kms, 6);
      },
    })),
    'three-refusals': {
      title: 'The device outlives a KMS that refuses three keys in a row',
      covers: [requirements.deviceKeepsServing, requirements.keysEqual],
      play: async (kms) => {
        await serve(kms);
        for (let turn = 0; turn < 3; turn += 1) {
          await answerNext(kms, { message: 'keyRefused', content: { status: 2 } });
        }
        await hearKeys(kms, 6);
      },
    },
    'answers-of-200': {
      title: 'The device takes 200 for success',
      covers: [requirements.deviceKeepsServing],
      play: async (kms) => {
        await serve(kms);
        const content = { status: 0 };
        await answerNext(kms, { message: 'keyAccepted', content, frame: { code: 200 } });
        await hearKeys(kms, 6);
      },
      expect: pushesKeys(2, ['a']),
    },
    'answers-in-chunks': {
      title: 'The device reads an answer in chunks',
      covers: [requirements.deviceKeepsServing],
      play: async (kms) => {
        await serve(kms);
        const frame = { chunked: { sizes: [3] } };
        await answerNext(kms, { message: 'keyAccepted', content: { status: 0 }, frame });
        await hearKeys(kms, 6);
      },
      expect: pushesKeys(2, ['a']),
    },
    'slow-answers': {
      title: 'The device does not flood a KMS that answers slowly',
      covers: [requirements.maxRateKept, requirements.deviceKeepsServing],
      tags: ['slow'],
      play: async (kms) => {
        await serve(kms);
        for (let turn = 0; turn < 4; turn += 1) {
          await kms.pause(250);
          await hearKeys(kms, 1);
        }
        await hearKeys(kms, 2);
      },
      expect: pushesKeys(1, ['a']),
    },
  },
);
