import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { insist, keyContent, nextConnection } from './kms-speech.ts';
import { table, type Row } from './table.ts';

const { badPushRefused, everyPushAnswered, unknownPathRefused, wrongMethodRefused } = requirements;
const { path } = messages.keyMaterial;

const methods = ['GET', 'PUT', 'PATCH', 'DELETE', 'PUSH'];
const paths: Readonly<Record<string, string>> = {
  root: '/',
  misspelt: '/api/v1/qkd/etsi004/key-materials',
  deeper: `${path}/0`,
  'of-other-version': path.replace('v1', 'v9'),
  'of-open-connect': messages.openConnect.path,
  'of-get-key': messages.getKey.path,
  'of-close': messages.close.path,
};

/** What a server must not take for a call. */
const broken: Readonly<Record<string, readonly [what: string, frame: Etsi004Bend]>> = {
  'length-negative': ['a negative length', { length: '-1', leaves: 'ended' }],
  'length-word': ['a length that is no number', { length: 'all', leaves: 'ended' }],
  'lengths-two': ['two lengths', { extra: ['Content-Length: 3'], leaves: 'ended' }],
  'length-too-long': ['a length that it does not come to', { length: '9999', leaves: 'ended' }],
  'length-huge': ['a length of 15 digits', { length: '999999999999999', leaves: 'ended' }],
  'chunk-broken': ['a broken chunk', { chunked: { sizes: [20], last: 'zz\r\n' }, leaves: 'ended' }],
  'coding-unknown': [
    'a transfer coding that nobody knows',
    { extra: ['Transfer-Encoding: wonder'], leaves: 'ended' },
  ],
  'version-unknown': [
    'an unknown version',
    { startLine: `POST ${path} HTTP/7.3`, leaves: 'ended' },
  ],
  'start-line-word': ['one word as start line', { startLine: 'POST', leaves: 'ended' }],
};

/** What a server may refuse, and may as well pass over. */
const tolerated: Readonly<Record<string, readonly [what: string, frame: Etsi004Bend]>> = {
  'host-missing': ['no Host', { omit: ['host'] }],
  'host-twice': ['two Hosts', { extra: ['Host: other.example'] }],
  'version-1.0': ['HTTP/1.0', { startLine: `POST ${path} HTTP/1.0` }],
  'line-feeds': ['bare line feeds', { lineEnd: '\n' }],
  'expect-continue': ['the wish for 100 Continue', { extra: ['Expect: 100-continue'] }],
  'long-field': ['a field of 6,000 bytes', { extra: [`X-Long: ${'x'.repeat(6000)}`] }],
};

/** What KMSs do about pushes that are no good HTTP; good ones follow, so that they must go on. */
export const kmsBadHttp: readonly Case<Etsi004Bend>[] = table(
  'kms-bad-http',
  { against: 'kms', from: 'oneA.pushing', tags: ['hostile'] },
  {
    ...Object.fromEntries(
      methods.map((method) => [
        `method-${method}`,
        {
          title: `The KMS refuses key-material by ${method}`,
          covers: [wrongMethodRefused, badPushRefused],
          tags: method === 'PUT' ? [] : ['exhaustive'],
          play: (device) => pushIn(device, { method }),
        } satisfies Row,
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(paths).map(([name, target]) => [
        `path-${name}`,
        {
          title: `The KMS refuses a push to a path that it does not serve: ${name}`,
          covers: [unknownPathRefused, badPushRefused],
          tags: ['misspelt', 'of-close'].includes(name) ? [] : ['exhaustive'],
          play: (device) => pushIn(device, { target }),
        } satisfies Row,
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(broken).map(([name, [what, frame]]) => [
        name,
        {
          title: `The KMS takes no key from a push with ${what}`,
          covers: [badPushRefused],
          play: (device) => pushIn(device, frame),
        } satisfies Row,
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(tolerated).map(([name, [what, frame]]) => [
        name,
        {
          title: `The KMS answers a push with ${what}`,
          covers: [everyPushAnswered],
          play: (device) => pushIn(device, frame),
        } satisfies Row,
      ]),
    ),
    'cut-in-head': cut('amid its head', 0.2, 'ended'),
    'cut-in-content': cut('amid its content', 0.8, 'ended'),
    'reset-in-head': cut('amid its head, by a reset', 0.2, 'reset'),
    'reset-in-content': cut('amid its content, by a reset', 0.8, 'reset'),
    'no-http': {
      title: 'The KMS bears bytes that are no HTTP',
      covers: [badPushRefused],
      play: (device) => {
        const bytes = () => Buffer.from('\u0000\u0001\u0002 hello\r\n\r\n', 'latin1');
        return device.say('keyMaterial', { bytes, frame: { end: 'a', leaves: 'ended' } });
      },
    },
    tls: {
      title: 'The KMS bears the beginning of a TLS handshake',
      covers: [badPushRefused],
      play: (device) => {
        const bytes = () => Buffer.from('160301002f010000', 'hex');
        return device.say('keyMaterial', { bytes, frame: { end: 'a', leaves: 'ended' } });
      },
    },
    'connected-in-silence': {
      title: 'The KMS bears a connection over which nothing is said',
      covers: [everyPushAnswered],
      play: async (device) => {
        const connection = nextConnection(device);
        const bytes = () => new Uint8Array(0);
        device.send('keyMaterial', { bytes, frame: { end: 'a', connection, leaves: 'ended' } });
        await device.pause(5);
        await insist(device, { frame: { connection: connection + 1 } });
      },
    },
  },
);

function pushIn(device: Etsi004Player, frame: Etsi004Bend) {
  return device.say('keyMaterial', { content: keyContent(device), frame: { end: 'a', ...frame } });
}

function cut(where: string, share: number, leaves: 'ended' | 'reset'): Row {
  return {
    title: `The KMS takes no key from a push that ends ${where}`,
    covers: [badPushRefused],
    play: async (device) => {
      const connection = nextConnection(device);
      await device.say('keyMaterial', {
        content: keyContent(device),
        bytes: (http) => http.subarray(0, Math.floor(http.length * share)),
        frame: { end: 'a', connection, leaves },
      });
      await insist(device, { frame: { connection: connection + 1 } });
    },
  };
}
