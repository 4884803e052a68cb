import { requirements } from '#models/central-kms/index.ts';
import type { HttpBend } from '#src/wire/http/message-writer.ts';
import type { SocketCase } from './case.ts';
import { rowsOf, table } from './table.ts';

const { wrongAnswerFails } = requirements;

/** Answers to an upgrade that are none. */
const wrongAnswers: Readonly<Record<string, HttpBend>> = {
  'upgrade-missing': { omit: ['upgrade'] },
  'connection-missing': { omit: ['connection'] },
  'accept-missing': { omit: ['sec-websocket-accept'] },
  'accept-other': {
    omit: ['sec-websocket-accept'],
    extra: ['Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
  },
  'subprotocol-not-offered': { extra: ['Sec-WebSocket-Protocol: x-unknown'] },
  'extension-not-offered': { extra: ['Sec-WebSocket-Extensions: x-unknown'] },
};

/** What a sidecar does about the answer to its upgrade. */
export const sidecarOpening: readonly SocketCase[] = [
  ...table(
    'sidecar-opening',
    { against: 'sidecar', from: 'connection.upgrading' },
    {
      'header-names-lower': {
        title: 'The sidecar reads header names in lower case',
        covers: [requirements.upgradeRequest],
        play: async (kms) => {
          await kms.say('upgraded', { frame: { http: { names: 'lower' } } });
          await kms.walk('connection.registering');
        },
      },
      'in-pieces': {
        title: 'The sidecar reads an answer that comes in pieces',
        covers: [requirements.waitsForUpgrade],
        play: async (kms) => {
          const bytes = kms.compose('upgraded');
          for (let at = 0; at < bytes.length; at += 10) {
            kms.write(bytes.subarray(at, at + 10));
            await kms.pause(1);
          }
          await kms.walk('connection.registering');
        },
      },
      refused: {
        title: 'The sidecar gives up a connection whose upgrade is refused',
        covers: [wrongAnswerFails],
        tags: ['hostile'],
        play: (kms) => kms.say('upgradeRefused', { content: { status: 503 } }),
      },
      'call-with-the-answer': {
        title: 'The sidecar reads a call that comes in one segment with the answer',
        covers: [requirements.healthcheckAnswered],
        play: async (kms) => {
          const call = kms.compose('healthcheck');
          await kms.say('upgraded', { bytes: (bytes) => Buffer.concat([bytes, call]) });
        },
      },
    },
  ),
  ...table(
    'sidecar-opening',
    { against: 'sidecar', from: 'connection.upgrading', tags: ['hostile'] },
    rowsOf(wrongAnswers, (http, name) => ({
      title: `The sidecar gives up a connection: ${name.replaceAll('-', ' ')}`,
      covers: [wrongAnswerFails],
      play: (kms) => kms.say('upgraded', { frame: { http } }),
    })),
  ),
];
