import { requirements } from '#models/central-kms/index.ts';
import { recall } from '../context.ts';
import type { SocketCase, SocketPlayer } from './case.ts';
import { says } from './expect.ts';
import { bent, text, without, withoutParam, withParams, type Content } from './saying.ts';
import { rowsOf, table } from './table.ts';

const { healthcheckAnswered, invalidParamsOfKmsTold, unknownMethodOfKmsTold } = requirements;

const wrongHealthchecks: Readonly<Record<string, (content: Content) => unknown>> = {
  'level-missing': withoutParam('level'),
  'level-number': withParams({ level: 1 }),
  'level-null': withParams({ level: null }),
  'params-missing': (content) => without(content, 'params'),
};

const wrongInquiries: Readonly<Record<string, (content: Content) => unknown>> = {
  'inquiry-missing': withoutParam('inquiry'),
  'start-missing': withoutParam('startTime'),
  'start-no-time': withParams({ startTime: 'yesterday' }),
  'end-number': withParams({ endTime: 5 }),
};

/** Texts that are no calls. */
const oddTexts: Readonly<Record<string, string>> = {
  'no-json': '{"jsonrpc":"2.0","method"',
  'json-null': 'null',
  'json-array-empty': '[]',
  'json-object-empty': '{}',
};

/** Times that mean the same in other words. */
const times: Readonly<Record<string, Content>> = {
  'with-fractions': { startTime: '2018-01-01T00:00:00.000Z', endTime: '2018-01-02T00:00:00.5Z' },
  'other-zone': { startTime: '2018-01-01T01:00:00+01:00', endTime: '2018-01-02T00:00:00-05:30' },
  'one-moment': { startTime: '2018-01-01T00:00:00Z', endTime: '2018-01-01T00:00:00Z' },
  backwards: { startTime: '2018-01-02T00:00:00Z', endTime: '2018-01-01T00:00:00Z' },
};

/** How a sidecar answers what the KMS asks. */
export const sidecarCalls: readonly SocketCase[] = [
  ...table(
    'sidecar-calls',
    { against: 'sidecar', from: 'connection.registered' },
    {
      healthcheck: {
        title: 'The sidecar answers a healthcheck with an object, promptly',
        covers: [
          healthcheckAnswered,
          requirements.healthReportContent,
          requirements.healthcheckPrompt,
        ],
        play: (kms) => kms.say('healthcheck'),
      },
      'healthcheck-level-unknown': {
        title: 'The sidecar answers a healthcheck of a level that it does not know',
        covers: [requirements.unknownLevelAnswered, healthcheckAnswered],
        play: (kms) => bent(kms, 'healthcheck', withParams({ level: 'qkdspec' })),
      },
      'healthcheck-id-text': {
        title: 'The sidecar answers a healthcheck with the id that it has, whatever text that is',
        covers: [requirements.idKept],
        play: (kms) => bent(kms, 'healthcheck', (content) => ({ ...content, id: 'é "1"' })),
      },
      'healthchecks-at-once': {
        title: 'The sidecar answers each of several healthchecks, by its id',
        covers: [healthcheckAnswered, requirements.oneResponse],
        play: async (kms) => {
          for (let count = 0; count < 4; count += 1) kms.send('healthcheck');
          await kms.say('healthcheck');
        },
        expect: says(healthcheckAnswered, 'healthReport', 5),
      },
      inquiry: {
        title: 'The sidecar answers an inquiry with what it has saved, each batch once',
        covers: [
          requirements.inquiryAnswered,
          requirements.inquiryIdEchoed,
          requirements.foundContent,
          requirements.foundIdIsUuid,
          requirements.countsAreIntegers,
          requirements.totalConstant,
          requirements.itemsDistinct,
        ],
        from: 'batches.waiting',
        tags: ['choice'],
        play: async (kms) => {
          await kms.walk('connection.registered');
          await kms.say('inquiry');
        },
      },
      'inquiry-of-another-time': {
        title: 'The sidecar answers an inquiry about a time of which it has nothing',
        covers: [requirements.emptyInquiryAnswered, requirements.foundInTime],
        from: 'batches.waiting',
        tags: ['choice'],
        play: async (kms) => {
          await kms.walk('connection.registered');
          await bent(
            kms,
            'inquiry',
            withParams({ startTime: '1970-01-01T00:00:00Z', endTime: '1970-01-01T00:00:01Z' }),
          );
        },
      },
      'inquiry-in-the-end': {
        title: 'The sidecar answers an inquiry with all that it has saved, once it saves no more',
        covers: [
          requirements.totalRight,
          requirements.foundIsSaved,
          requirements.bodyVerifies,
          requirements.batchSigned,
          requirements.itemsDistinct,
        ],
        play: async (kms) => {
          await quiet(kms);
          await kms.say('inquiry');
        },
      },
      'inquiries-at-once': {
        title: 'The sidecar answers two inquiries that come at once, apart',
        covers: [requirements.inquiriesApart],
        play: async (kms) => {
          kms.send('inquiry');
          await kms.say('inquiry');
        },
      },
      'inquiry-with-another-id': {
        title: 'The sidecar tells an inquiry from the id of its call',
        covers: [requirements.inquiryIdEchoed, requirements.idKept],
        play: (kms) => bent(kms, 'inquiry', (content) => ({ ...content, id: 'call-1' })),
      },
      ...rowsOf(times, (params, name) => ({
        title: `The sidecar reads the times of an inquiry: ${name.replaceAll('-', ' ')}`,
        covers: [requirements.inquiryAnswered],
        play: (kms) => bent(kms, 'inquiry', withParams(params)),
      })),
      'other-members': {
        title: 'The sidecar passes over members that it does not know',
        covers: [requirements.unknownMembersPassed],
        play: (kms) =>
          bent(kms, 'healthcheck', (content) => ({
            ...withParams({ also: 1 })(content),
            also: {},
          })),
      },
      'id-of-its-own-call': {
        title: 'The sidecar keeps the ids of the two sides apart',
        covers: [requirements.idSpacesApart],
        from: 'connection.registering',
        play: async (kms) => {
          const own = ownId(kms.context);
          await bent(kms, 'healthcheck', (content) => ({ ...content, id: own }));
          await kms.walk('connection.challenged');
        },
      },
      notification: {
        title: 'The sidecar does not answer a notification',
        covers: [requirements.notificationsUnanswered],
        play: async (kms) => {
          await text(kms, '{"jsonrpc":"2.0","method":"healthcheck","params":{"level":"ping"}}');
          await kms.hear(150);
        },
      },
      'response-unasked': {
        title: 'The sidecar passes over a response that no call of its own awaits',
        covers: [requirements.responsesUnanswered],
        play: async (kms) => {
          await text(kms, '{"jsonrpc":"2.0","id":"unasked","result":{"id":1}}');
          await kms.say('healthcheck');
        },
      },
    },
  ),
  ...table(
    'sidecar-calls',
    { against: 'sidecar', from: 'connection.registered', tags: ['hostile'] },
    {
      ...rowsOf(oddTexts, (raw, name) => ({
        title: `The sidecar goes on, or leaves in good order, behind a text: ${name.replaceAll('-', ' ')}`,
        covers: [healthcheckAnswered],
        play: async (kms) => {
          await text(kms, raw);
          await kms.say('healthcheck');
        },
      })),
      ...rowsOf(wrongHealthchecks, (change, name) => ({
        title: `The sidecar answers -32602 to a healthcheck: ${name.replaceAll('-', ' ')}`,
        covers: [invalidParamsOfKmsTold],
        play: (kms) => bent(kms, 'healthcheck', change),
      })),
      ...rowsOf(wrongInquiries, (change, name) => ({
        title: `The sidecar answers -32602 to an inquiry: ${name.replaceAll('-', ' ')}`,
        covers: [invalidParamsOfKmsTold],
        play: (kms) => bent(kms, 'inquiry', change),
      })),
      ...rowsOf(
        { 'method-unknown': 'nothing', 'method-of-sidecar': 'register' },
        (method, name) => ({
          title: `The sidecar answers -32601: ${name.replaceAll('-', ' ')}`,
          covers: [unknownMethodOfKmsTold, requirements.errorCodeFits, requirements.errorFormat],
          play: (kms) => bent(kms, 'healthcheck', (content) => ({ ...content, method })),
        }),
      ),
    },
  ),
];

/** How long a sidecar says nothing that has no more to save, ms. */
const quietMs = 50;
/** Batches that are waited for. */
const mostBatches = 100;

/** Takes the batches of a sidecar until no more come for a while. */
async function quiet(kms: SocketPlayer): Promise<void> {
  for (let batches = 0; batches < mostBatches; batches += 1) {
    await kms.walk('batches.none');
    if ((await kms.hear(quietMs)).kind !== 'frame') return;
  }
}

/** The id of the sidecar's call that awaits its response. */
function ownId(context: unknown): unknown {
  return recall(context).calls.find(({ by }) => by === 'sidecar')?.id;
}
