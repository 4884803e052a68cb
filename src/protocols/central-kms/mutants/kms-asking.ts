import { member, requirements, type Conversation } from '#models/central-kms/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { centralKms } from '../reference/central-kms.ts';
import { say } from '../say.ts';
import { batchSignature } from '../signatures.ts';
import { changing, changingIn, kmsMutant } from './mutant.ts';

const theSame = '3c1d0e9f-8a7b-4c6d-8e5f-4a3b2c1d0e9f';
/** Far more than anybody asks for on occasion. */
const flood = 120;

/** What the KMS told in its last answer to register. */
function granted({ grants }: Conversation, name: string): string {
  return String(member(grants.at(-1), name) ?? '');
}

/** KMSs that ask for wrong things, too often, or tell what is nobody's business. */
export const kmsAskingMutants: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-healthcheck-id-the-same',
    title: 'gives all healthchecks the same id',
    breaks: requirements.healthCheckIdFresh,
    shortest: 15,
    deep: true,
    bends: changing('healthcheck', (content) => ({ ...content, id: theSame })),
  }),
  kmsMutant({
    id: 'kms-inquiry-again',
    title: 'asks for the same inquiry again and again',
    breaks: requirements.inquiryIdFresh,
    shortest: 11,
    deep: true,
    memory: (random, settings) => ({
      ...centralKms.memory(random, settings),
      plan: { healthchecks: 1, inquiries: 3 },
    }),
    bends: changing('inquiry', (content) => ({
      ...content,
      id: theSame,
      params: { ...Object(content['params']), inquiry: theSame },
    })),
  }),
  kmsMutant({
    id: 'kms-inquiry-backwards',
    title: 'asks for a time that ends before it starts',
    breaks: requirements.inquirySpan,
    shortest: 9,
    deep: true,
    bends: changingIn('inquiry', 'params', () => ({
      startTime: '2018-01-02T00:00:00Z',
      endTime: '2018-01-01T00:00:00Z',
    })),
  }),
  kmsMutant({
    id: 'kms-healthchecks-flood',
    title: 'asks for health a hundred and twenty times at once',
    breaks: requirements.askedOnOccasion,
    shortest: 107,
    deep: true,
    memory: (random, settings) => ({
      ...centralKms.memory(random, settings),
      plan: { healthchecks: flood, inquiries: 0 },
    }),
    answers: {
      memory: ({ context, memory }) => {
        if (recall(context).stage !== 'registered' || memory.plan.healthchecks <= 0) return [];
        memory.plan.healthchecks -= 1;
        return say('healthcheck');
      },
    },
  }),
  kmsMutant({
    id: 'kms-row-key-told-again',
    title: 'tells the row key in its healthchecks',
    breaks: requirements.keysToldOnce,
    shortest: 7,
    bends: changingIn('healthcheck', 'params', (_, conversation) => ({
      rowKey: granted(conversation, 'rowKey'),
    })),
  }),
  kmsMutant({
    id: 'kms-signature-told',
    title: 'tells whoever fails the challenge which signature it wanted',
    breaks: requirements.errorsDiscreet,
    shortest: 6,
    bends: changingIn('kmsError', 'error', (_, conversation) => ({
      data: batchSignature(granted(conversation, 'batchKey'), granted(conversation, 'challenge')),
    })),
  }),
];
