import { requirements } from '#models/central-kms/index.ts';
import type { SocketCase } from './case.ts';
import { bent, textIn, withResult, type Content } from './saying.ts';
import { failure } from '../say.ts';
import { recall } from '../context.ts';
import { rowsOf, table } from './table.ts';

const { batchSignatureRight, rowSignatureRight, hexCaseFree } = requirements;

/** Challenges as texts may be. */
const challenges: Readonly<Record<string, string>> = {
  'of-one-character': 'x',
  'of-other-scripts': 'é決😀',
  'with-escapes': '"\\\n\u0000',
  'of-digits': '00000000000000000000',
  'of-10000': 'c'.repeat(10_000),
};

/** Keys that are the same in another case. */
const cases: Readonly<Record<string, (digits: string) => string>> = {
  'lower-case': (digits) => digits.toLowerCase(),
  'upper-case': (digits) => digits.toUpperCase(),
};

/** Keys in the forms of their readings. */
const forms: Readonly<Record<string, (content: Content) => unknown>> = {
  'row-key-of-16-bytes': (content) =>
    withResult({ rowKey: textIn(content, 'result', 'rowKey').slice(0, 32) })(content),
  'batch-key-seed-alone': (content) =>
    withResult({ batchKey: textIn(content, 'result', 'batchKey').slice(0, 64) })(content),
};

/** What a sidecar does with answers to its calls. */
export const sidecarAnswers: readonly SocketCase[] = [
  ...table(
    'sidecar-answers',
    { against: 'sidecar', from: 'connection.registering' },
    {
      ...rowsOf(challenges, (challenge, name) => ({
        title: `The sidecar signs a challenge: ${name.replaceAll('-', ' ')}`,
        covers: [batchSignatureRight, rowSignatureRight, requirements.signatureIsPure],
        play: async (kms) => {
          await bent(kms, 'registered', withResult({ challenge }));
          await kms.walk('connection.proving');
        },
      })),
      ...rowsOf(cases, (change, name) => ({
        title: `The sidecar reads keys: ${name.replaceAll('-', ' ')}`,
        covers: [hexCaseFree, batchSignatureRight],
        play: async (kms) => {
          await bent(kms, 'registered', (content) =>
            withResult({
              batchKey: change(textIn(content, 'result', 'batchKey')),
              rowKey: change(textIn(content, 'result', 'rowKey')),
            })(content),
          );
          await kms.walk('connection.proving');
        },
      })),
      'id-upper-case': {
        title: 'The sidecar takes its id in upper case for the same one',
        covers: [requirements.uuidsCompared],
        play: async (kms) => {
          await bent(kms, 'registered', (content) =>
            withResult({ id: textIn(content, 'result', 'id').toUpperCase() })(content),
          );
          await kms.walk('connection.proving');
        },
      },
      'other-members': {
        title: 'The sidecar passes over members of an answer that it does not know',
        covers: [requirements.unknownMembersPassed],
        play: async (kms) => {
          await bent(kms, 'registered', (content) => ({
            ...withResult({ also: [1] })(content),
            also: 1,
          }));
          await kms.walk('connection.proving');
        },
      },
      'healthcheck-meanwhile': {
        title: 'The sidecar answers a healthcheck while its register is not answered',
        covers: [requirements.healthcheckAnswered, requirements.idSpacesApart],
        play: async (kms) => {
          await kms.say('healthcheck');
          await kms.walk('connection.challenged');
        },
      },
      'id-taken': {
        title: 'The sidecar tries another id, or leaves, where its own is taken',
        covers: [requirements.sidecarIdFresh, requirements.registerFirst],
        play: async (kms) => {
          const call = recall(kms.context).calls.find(({ by }) => by === 'sidecar');
          await kms.say('kmsError', { content: failure(call?.id, 40001, 'it already exists') });
          await kms.hear();
        },
      },
      'batches-out-of-order': {
        title: 'The sidecar takes the answers to its batches in any order',
        covers: [requirements.batchAfterRegistration],
        from: 'connection.registered',
        play: async (kms) => {
          await kms.hear();
          /** Some save one after another. */
          await kms.hear(300);
          for (const call of recall(kms.context).calls.toReversed()) {
            if (call.method !== 'batch') continue;
            const { id } = Object(Object(call.content)['params']);
            kms.send('batchStored', { content: { jsonrpc: '2.0', id: call.id, result: { id } } });
          }
          await kms.say('healthcheck');
        },
      },
    },
  ),
  ...table(
    'sidecar-answers',
    { against: 'sidecar', from: 'connection.registering', tags: ['hostile'] },
    rowsOf(forms, (change, name) => ({
      title: `The sidecar does as it can with other keys: ${name.replaceAll('-', ' ')}`,
      covers: [batchSignatureRight, rowSignatureRight],
      play: async (kms) => {
        await bent(kms, 'registered', change);
        await kms.hear();
      },
    })),
  ),
];
