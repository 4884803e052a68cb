import { requirements } from '#models/central-kms/index.ts';
import { recall } from '../context.ts';
import type { SocketCase } from './case.ts';
import { asked, bent, contentOf, text, without } from './saying.ts';
import { rowsOf, table } from './table.ts';

const { parseErrorTold, invalidRequestTold, unknownMethodTold, idKept, invalidParamsTold } =
  requirements;

/** Ids as calls may have them. */
const ids: Readonly<Record<string, unknown>> = {
  'id-text-empty': '',
  'id-text-of-digits': '1',
  'id-text-of-other-scripts': 'é決😀',
  'id-text-of-both-cases': 'aBcD-Éé-ẞß',
  'id-text-with-blanks': ' \ta b ',
  'id-text-with-escapes': '"\\\n\u0000',
  'id-text-of-1000': 'i'.repeat(1000),
  'id-number': 7,
  'id-zero': 0,
  'id-negative': -3,
  'id-beyond-32-bits': 2 ** 40,
  'id-null': null,
};

/** Texts that are no JSON. */
const brokenTexts: Readonly<Record<string, string>> = {
  'text-empty': '',
  'text-blank': '  ',
  'text-cut': '{"jsonrpc": "2.0", "id": "1", "method": "register"',
  'text-no-json': 'register',
  'text-nan': '{"jsonrpc": "2.0", "id": NaN, "method": "register", "params": {}}',
  'text-single-quotes': "{'jsonrpc': '2.0', 'id': '1', 'method': 'x'}",
  'text-trailing-comma': '{"jsonrpc": "2.0", "id": "1", "method": "x",}',
  'text-two-values':
    '{"jsonrpc":"2.0","id":"1","method":"x"}{"jsonrpc":"2.0","id":"2","method":"x"}',
  'text-with-lone-surrogate': String.raw`{"jsonrpc":"2.0","id":"\ud800","method":"x",}`,
  'text-of-deep-arrays': '['.repeat(20_000),
  'text-of-deep-objects': '{"a":'.repeat(8000),
};

/** JSON that is no call. */
const noCalls: Readonly<Record<string, string>> = {
  'value-number': '1',
  'value-text': '"register"',
  'value-null': 'null',
  'value-true': 'true',
  'object-empty': '{}',
  'method-missing': '{"jsonrpc":"2.0","id":"1","params":{}}',
  'method-number': '{"jsonrpc":"2.0","id":"1","method":1,"params":{}}',
  'method-null': '{"jsonrpc":"2.0","id":"1","method":null}',
  'id-object': '{"jsonrpc":"2.0","id":{},"method":"register","params":{}}',
  'id-array': '{"jsonrpc":"2.0","id":[1],"method":"register","params":{}}',
  'id-true': '{"jsonrpc":"2.0","id":true,"method":"register","params":{}}',
};

const versions: Readonly<Record<string, unknown>> = {
  'version-1.0': '1.0',
  'version-number': 2,
  'version-null': null,
  'version-2': '2',
};

const methods: Readonly<Record<string, string>> = {
  'method-unknown': 'nothing',
  'method-empty': '',
  'method-other-case': 'Register',
  'method-with-blank': 'register ',
  'method-of-prototype': '__proto__',
  'method-of-object': 'constructor',
  'method-of-kms': 'healthcheck',
};

/** JSON-RPC as the KMS must take it. */
export const jsonRpc: readonly SocketCase[] = [
  ...table(
    'json-rpc',
    { against: 'central-kms', from: 'connection.connected' },
    {
      ...rowsOf(ids, (id, name) => ({
        title: `The KMS answers a call with its id: ${name.replaceAll('-', ' ')}`,
        covers: [idKept, requirements.everyCallAnswered],
        play: (sidecar) => bent(sidecar, 'register', (content) => ({ ...content, id })),
      })),
      'one-response': {
        title: 'The KMS answers a call once, with a result or an error',
        covers: [requirements.oneResponse, requirements.resultOrError],
        play: async (sidecar) => {
          await sidecar.say('register');
          await sidecar.hear(200);
        },
      },
      'members-in-other-order': {
        title: 'The KMS reads the members of a call in any order',
        covers: [requirements.registerAnswered],
        play: (sidecar) =>
          bent(sidecar, 'register', (content) =>
            Object.fromEntries(Object.entries(content).toReversed()),
          ),
      },
      'blanks-around': {
        title: 'The KMS passes over blanks and line breaks in a text',
        covers: [requirements.textIsJson, requirements.jsonGrammar],
        play: (sidecar) =>
          text(sidecar, ` \n\t${JSON.stringify(contentOf(sidecar, 'register'), null, 4)}\r\n `),
      },
      'escaped-names': {
        title: 'The KMS reads escaped characters in names and texts',
        covers: [requirements.jsonGrammar, requirements.jsonIsUtf8],
        play: (sidecar) =>
          text(
            sidecar,
            JSON.stringify(contentOf(sidecar, 'register')).replace('"method"', '"m\\u0065thod"'),
          ),
      },
      'id-of-its-own': {
        title: 'The KMS keeps the ids of the two sides apart',
        covers: [requirements.idSpacesApart],
        from: 'connection.registered',
        play: async (sidecar) => {
          await asked(sidecar, 'healthcheck');
          const call = recall(sidecar.context).calls.find(({ by }) => by === 'central-kms')?.id;
          await bent(sidecar, 'batch', (content) => ({ ...content, id: call }));
        },
      },
    },
  ),
  ...table(
    'json-rpc',
    { against: 'central-kms', from: 'connection.connected', tags: ['hostile'] },
    {
      ...rowsOf(brokenTexts, (raw, name) => ({
        title: `The KMS answers -32700 with id null: ${name.replaceAll('-', ' ')}`,
        covers: [parseErrorTold, requirements.kmsKeepsServing],
        play: (sidecar) => text(sidecar, raw),
      })),
      ...rowsOf(noCalls, (raw, name) => ({
        title: `The KMS answers -32600: ${name.replaceAll('-', ' ')}`,
        covers: [invalidRequestTold],
        play: (sidecar) => text(sidecar, raw),
      })),
      ...rowsOf(versions, (jsonrpc, name) => ({
        title: `The KMS refuses a call of another version: ${name}`,
        covers: [invalidRequestTold, requirements.versionGiven],
        play: (sidecar) => bent(sidecar, 'register', (content) => ({ ...content, jsonrpc })),
      })),
      'version-missing': {
        title: 'The KMS refuses a call without jsonrpc',
        covers: [invalidRequestTold, requirements.versionGiven],
        play: (sidecar) => bent(sidecar, 'register', (content) => without(content, 'jsonrpc')),
      },
      ...rowsOf(methods, (method, name) => ({
        title: `The KMS answers -32601: ${name.replaceAll('-', ' ')}`,
        covers: [unknownMethodTold],
        play: async (sidecar) => {
          await bent(sidecar, 'register', (content) => ({ ...content, method }));
          await sidecar.walk('connection.challenged');
        },
      })),
      'method-reserved': {
        title: 'The KMS answers -32601 to a method that begins with rpc.',
        covers: [unknownMethodTold, requirements.reservedNames],
        play: (sidecar) =>
          bent(sidecar, 'register', (content) => ({ ...content, method: 'rpc.register' })),
      },
      ...rowsOf(
        { 'params-text': 'x', 'params-number': 1, 'params-null': null },
        (params, name) => ({
          title: `The KMS refuses params that are no structure: ${name}`,
          covers: [requirements.paramsStructured, invalidParamsTold],
          play: (sidecar) => bent(sidecar, 'register', (content) => ({ ...content, params })),
        }),
      ),
      notification: {
        title: 'The KMS does not answer a notification',
        covers: [requirements.notificationsUnanswered],
        play: async (sidecar) => {
          await sidecar.say('ping', { content: { payload: '01' } });
          await bent(sidecar, 'batch', (content) => without(content, 'id'));
          await sidecar.hear(300);
        },
      },
      'notification-unknown': {
        title: 'The KMS does not answer a notification of an unknown method',
        covers: [requirements.notificationsUnanswered],
        play: async (sidecar) => {
          await text(sidecar, '{"jsonrpc":"2.0","method":"nothing"}');
          await sidecar.hear(300);
          await sidecar.say('register');
        },
      },
      'array-empty': {
        title: 'The KMS answers an empty array with one error -32600',
        covers: [requirements.arrayOfNothing],
        play: (sidecar) => text(sidecar, '[]'),
      },
      'array-of-numbers': {
        title: 'The KMS refuses an array of what are no calls',
        covers: [requirements.arraysAnswered],
        play: (sidecar) => text(sidecar, '[1,2]'),
      },
      'array-of-calls': {
        title: 'The KMS refuses an array of calls, or answers each',
        covers: [requirements.arraysAnswered],
        play: (sidecar) => {
          const call = { ...contentOf(sidecar, 'batch'), method: 'nothing' };
          return text(sidecar, JSON.stringify([call, { ...call, id: 'b' }, { ...call, id: 'c' }]));
        },
      },
      'array-of-notifications': {
        title: 'The KMS refuses an array of notifications, or passes over it',
        covers: [requirements.arraysAnswered, requirements.notificationsUnanswered],
        play: (sidecar) => text(sidecar, '[{"jsonrpc":"2.0","method":"nothing"}]'),
      },
      'unknown-again-and-again': {
        title: 'The KMS goes on after several calls of unknown methods',
        covers: [unknownMethodTold, requirements.refusalChangesNothing],
        play: async (sidecar) => {
          for (const id of ['u1', 'u2', 'u3', 'u4', 'u5']) {
            await text(sidecar, `{"jsonrpc":"2.0","id":"${id}","method":"nothing"}`);
          }
          await sidecar.walk('connection.challenged');
        },
      },
      'error-behind-another-connection': {
        title: 'The errors of the KMS say nothing of what came on another connection',
        covers: [requirements.connectionsApart, requirements.errorsDiscreet],
        play: async (sidecar) => {
          await sidecar.say('register');
          await sidecar.reconnect();
          await sidecar.walk('connection.connected');
          await text(sidecar, '{');
          await text(sidecar, '1');
        },
      },
      'response-unasked': {
        title: 'The KMS passes over a response that no call awaits',
        covers: [requirements.responsesUnanswered, requirements.reportUnanswered],
        play: async (sidecar) => {
          await text(sidecar, '{"jsonrpc":"2.0","id":"unasked","result":{}}');
          await sidecar.hear(200);
          await sidecar.say('register');
        },
      },
      'id-used-again': {
        title: 'The KMS answers both of two calls with one id',
        covers: [requirements.idsDistinct, requirements.everyCallAnswered],
        from: 'connection.registered',
        play: (sidecar) => {
          sidecar.send('batch', { content: { ...contentOf(sidecar, 'batch'), id: 'twice' } });
          return bent(sidecar, 'batch', (content) => ({ ...content, id: 'twice' }));
        },
      },
      'member-twice': {
        title: 'The KMS takes the last of two members of one name, or refuses the call',
        covers: [requirements.memberNamesUnique],
        play: (sidecar) => {
          const said = JSON.stringify(contentOf(sidecar, 'register'));
          return text(sidecar, said.replace('{', '{"method":"nothing",'));
        },
      },
      'error-texts': {
        title: 'The errors of the KMS have the form, the codes and the texts of the document',
        covers: [
          requirements.errorFormat,
          requirements.errorTexts,
          requirements.listedCodes,
          requirements.reservedCodes,
          requirements.errorCodeFits,
        ],
        play: async (sidecar) => {
          await text(sidecar, '{');
          await text(sidecar, '1');
          await bent(sidecar, 'register', (content) => ({ ...content, method: 'nothing' }));
          await bent(sidecar, 'register', (content) => ({ ...content, params: {} }));
        },
      },
    },
  ),
];
