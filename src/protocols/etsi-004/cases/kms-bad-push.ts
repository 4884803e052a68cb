import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { keyContent } from './kms-speech.ts';
import { table, type Row } from './table.ts';

const { badPushRefused, everyPushAnswered } = requirements;

/** Contents that are no JSON object, by name. */
const notObjects: Readonly<Record<string, string>> = {
  'json-cut': '{"status": 0, "index": 0, "key_buffer": "Cgwn',
  'json-comma': '{"status": 0, "index": 0, "key_buffer": "AAAA",}',
  'json-python': "{'status': 0, 'index': 0, 'key_buffer': 'AAAA'}",
  'json-two': '{"status": 0}{"index": 0}',
  'json-unclosed': '{"status": 0, "index": 0, "key_buffer": "AAAA"',
  'json-nested': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  array: '[0, 0, "AAAA"]',
  text: '"key-material"',
  number: '0',
  null: 'null',
  html: '<key-material/>',
  form: 'status=0&index=0&key_buffer=AAAA',
};

/** Members that are no good, by name. */
const wrongMembers: Readonly<Record<string, readonly [what: string, change: object]>> = {
  'status-missing': ['has no status', { status: undefined }],
  'status-null': ['has the status null', { status: null }],
  'status-word': ['has the status "ok"', { status: 'ok' }],
  'status-negative': ['has the status -1', { status: -1 }],
  'index-missing': ['has no index', { index: undefined }],
  'index-null': ['has the index null', { index: null }],
  'index-word': ['has the index "first"', { index: 'first' }],
  'index-negative': ['has the index -1', { index: -1 }],
  'index-too-large': ['has the index 4294967296', { index: 2 ** 32 }],
  'index-huge': ['has an index of 30 digits', { index: 10n ** 29n }],
  'index-fraction': ['has the index 1.5', { index: 1.5 }],
  'index-array': ['has an array as its index', { index: [0] }],
  'key-missing': ['has no key', { key_buffer: undefined }],
  'key-null': ['has the key null', { key_buffer: null }],
  'key-number': ['has a number as its key', { key_buffer: 7 }],
  'key-array': ['has an array of bytes as its key', { key_buffer: [1, 2, 3] }],
  'key-no-base64': ['has a key that is no base 64', { key_buffer: 'no base 64: ÄÖÜ!' }],
  'id-number': ['names a stream by a number', { metadata: { buffer: { key_stream_id: 7 } } }],
};

/** Members that receivers with a light hand take for what they are meant to be. */
const laxMembers: Readonly<Record<string, (content: Content) => object>> = {
  'index-text': ({ index }) => ({ index: String(index) }),
  'status-text': () => ({ status: '0' }),
  'status-unlisted': () => ({ status: 9 }),
  'key-url-alphabet': ({ key_buffer: key }) => ({
    key_buffer: String(key).replaceAll('+', '-').replaceAll('/', '_'),
  }),
  'key-unpadded': ({ key_buffer: key }) => ({ key_buffer: String(key).replaceAll('=', '') }),
  'key-broken-lines': ({ key_buffer: key }) => ({
    key_buffer: String(key).replaceAll(/(.{16})/g, '$1\r\n'),
  }),
  'stream-unnamed': () => ({ metadata: undefined }),
  'metadata-empty': () => ({ metadata: {} }),
  'buffer-null': () => ({ metadata: { size: 0, buffer: null } }),
  'id-in-braces': () => ({
    metadata: { size: 59, buffer: { key_stream_id: '{4eb81a5c-031f-4d1f-881d-309bee44fc20}' } },
  }),
};

/** Those that stand for the rest where each case starts a KMS of its own. */
const telling: readonly string[] = [
  ...['json-cut', 'json-nested', 'array', 'null', 'status-missing', 'status-word'],
  ...['index-missing', 'index-negative', 'index-too-large', 'index-fraction'],
  ...['key-missing', 'key-number', 'key-no-base64'],
];

function tagsOf(name: string): readonly string[] {
  return telling.includes(name) ? [] : ['exhaustive'];
}

type Content = Readonly<Record<string, unknown>>;

/** What KMSs do about pushes whose content is wrong; good ones follow, so that they must go on. */
export const kmsBadPush: readonly Case<Etsi004Bend>[] = table(
  'kms-bad-push',
  { against: 'kms', from: 'oneA.pushing', tags: ['hostile'] },
  {
    ...Object.fromEntries(
      Object.entries(notObjects).map(([name, text]) => [name, refusedText(name, text)]),
    ),
    'content-none': {
      title: 'The KMS refuses a push without content',
      covers: [badPushRefused],
      play: (device) => device.say('keyMaterial', { content: undefined, frame: { end: 'a' } }),
    },
    'index-nan': {
      title: 'The KMS refuses a push with the index NaN',
      covers: [badPushRefused],
      play: (device) => {
        const text = JSON.stringify({ ...keyContent(device), index: 0 });
        const body = Buffer.from(text.replace('"index":0', '"index":NaN'));
        return device.say('keyMaterial', { frame: { end: 'a', body } });
      },
    },
    ...Object.fromEntries(
      Object.entries(wrongMembers).map(([name, [what, change]]) => [
        name,
        {
          title: `The KMS refuses a push that ${what}`,
          covers: [badPushRefused],
          tags: tagsOf(name),
          play: (device) => pushWith(device, () => change),
        } satisfies Row,
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(laxMembers).map(([name, change]) => [
        name,
        {
          title: `The KMS answers a push that is not quite as described: ${name}`,
          covers: [everyPushAnswered],
          play: (device) => pushWith(device, change),
        } satisfies Row,
      ]),
    ),
    'again-and-again': {
      title: 'The KMS refuses wrong pushes, however many there are',
      covers: [badPushRefused, everyPushAnswered],
      play: async (device) => {
        for (let count = 0; count < 8; count += 1) {
          await device.say('keyMaterial', { frame: { end: 'a', body: Buffer.from('{"status":') } });
        }
      },
    },
  },
);

function refusedText(name: string, text: string): Row {
  return {
    title: `The KMS refuses a push whose content is no JSON object: ${name}`,
    covers: [badPushRefused],
    tags: tagsOf(name),
    play: (device) => device.say('keyMaterial', { frame: { end: 'a', body: Buffer.from(text) } }),
  };
}

function pushWith(device: Etsi004Player, change: (content: Content) => object) {
  const content = keyContent(device);
  return device.say('keyMaterial', {
    content: { ...content, ...change(content) },
    frame: { end: 'a' },
  });
}
