import { requirements } from '#models/central-kms/index.ts';
import { says } from './expect.ts';
import type { SocketCase } from './case.ts';
import { asked, bent, contentOf, inquired, withResult } from './saying.ts';
import { table } from './table.ts';

const { inquiryAnswersTaken, reportUnanswered } = requirements;

/** What the KMS asks of sidecars, and what it does with their answers. */
export const callsOfKms: readonly SocketCase[] = table(
  'calls-of-kms',
  { against: 'central-kms', from: 'connection.registered' },
  {
    frames: {
      title: 'The frames of the KMS are not masked, and all that they say is JSON-RPC in text',
      covers: [
        requirements.serverUnmasked,
        requirements.reservedBitsZero,
        requirements.messagesAreText,
        requirements.versionGiven,
      ],
      play: (sidecar) => sidecar.say('batch'),
    },
    healthcheck: {
      title: 'The KMS asks for a level of health, under a UUID',
      covers: [requirements.healthcheckContent, requirements.healthCheckIdIsUuid],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        await sidecar.say('healthReport');
      },
    },
    'healthcheck-ids': {
      title: 'Each healthcheck of the KMS has an id of its own, on every connection',
      covers: [requirements.healthCheckIdFresh],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        await sidecar.say('healthReport');
        await sidecar.listen(600);
        await sidecar.reconnect();
        await sidecar.walk('connection.registered');
        await asked(sidecar, 'healthcheck');
        await sidecar.say('healthReport');
      },
    },
    'asks-for-a-while': {
      title: 'What the KMS asks for is right, whatever it asks for and however often',
      covers: [
        requirements.healthcheckContent,
        requirements.inquiryContent,
        requirements.inquirySpan,
        requirements.inquiryIdFresh,
        requirements.askedOnOccasion,
        requirements.keysToldOnce,
      ],
      tags: ['slow'],
      play: async (sidecar) => {
        await sidecar.say('batch');
        await sidecar.listen(2200);
        await sidecar.say('batch');
      },
    },
    'report-of-anything': {
      title: 'The KMS takes a report of any members, and says nothing to it',
      covers: [reportUnanswered],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        await bent(sidecar, 'healthReport', withResult({ extra: [1, { a: null }], uptime: 'x' }));
        await sidecar.hear(200);
      },
    },
    'report-late': {
      title: 'The KMS takes a report that comes late, and goes on',
      covers: [requirements.lateReportTaken],
      tags: ['slow'],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        await sidecar.pause(1200);
        sidecar.send('healthReport');
        await sidecar.say('batch');
      },
    },
    'batch-before-report': {
      title: 'The KMS stores a batch while its healthcheck is not answered',
      covers: [requirements.idSpacesApart, requirements.batchStored],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        await sidecar.say('batch');
        await sidecar.say('healthReport');
      },
      expect: says(requirements.batchStored, 'batchStored'),
    },
    'report-refused': {
      title: 'The KMS takes an error as the answer to a healthcheck',
      covers: [reportUnanswered],
      play: async (sidecar) => {
        await asked(sidecar, 'healthcheck');
        sidecar.send('sidecarError');
        await sidecar.hear(200);
      },
    },
    inquiry: {
      title: 'The KMS names an inquiry, and the time that it is about',
      covers: [requirements.inquiryContent, requirements.inquiryTimes, requirements.inquiryIdFresh],
      play: async (sidecar) => {
        await inquired(sidecar);
        await sidecar.say('inquiryResult');
        await sidecar.listen(600);
      },
    },
    'inquiry-when-registered': {
      title: 'The KMS asks sidecars that have registered for batches',
      covers: [requirements.inquiryToRegistered],
      play: async (sidecar) => {
        await inquired(sidecar);
        await sidecar.say('inquiryResult');
      },
    },
    'inquiry-nothing-found': {
      title: 'The KMS takes an inquiry that nothing satisfies',
      covers: [inquiryAnswersTaken],
      play: async (sidecar) => {
        await inquired(sidecar);
        await bent(sidecar, 'inquiryResult', (content) => {
          const { inquiry } = Object(content['result']);
          return { ...content, result: { inquiry, total: 0, item: 0 } };
        });
        await sidecar.listen(200);
        await sidecar.say('batch');
      },
    },
    'inquiry-several-found': {
      title: 'The KMS takes each of several answers, in any order, and answers none',
      covers: [inquiryAnswersTaken, requirements.oneResponse],
      play: async (sidecar) => {
        await inquired(sidecar);
        const content = contentOf(sidecar, 'inquiryResult');
        for (const item of [3, 1, 2]) {
          sidecar.send('inquiryResult', { content: withResult({ total: 3, item })(content) });
        }
        await sidecar.hear(200);
        await sidecar.say('batch');
      },
    },
    'inquiry-large-body': {
      title: 'The KMS takes a body of other scripts and of some size',
      covers: [inquiryAnswersTaken],
      play: async (sidecar) => {
        await inquired(sidecar);
        await bent(sidecar, 'inquiryResult', (content) =>
          withResult({ total: 1, item: 1, body: 'é決😀'.repeat(2000) })(content),
        );
        await sidecar.say('batch');
      },
    },
  },
);
