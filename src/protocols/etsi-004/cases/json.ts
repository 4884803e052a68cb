import { member, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { contentText } from '#src/wire/json-text.ts';
import { answers } from './expect.ts';
import { opening, openingWith, streamId } from './streams.ts';
import { rows, table } from './table.ts';

type Text = (good: string) => string | Uint8Array;

/** Contents that are no JSON object in UTF-8. */
const noJson: Readonly<Record<string, Text>> = {
  cut: (good) => good.slice(0, -1),
  'one-brace': () => '{',
  blanks: () => '   ',
  'trailing-comma': (good) => `${good.slice(0, -1)},}`,
  'trailing-bytes': (good) => `${good}}`,
  'two-objects': (good) => `${good}${good}`,
  'single-quotes': (good) => good.replaceAll('"', "'"),
  'names-without-quotes': (good) => good.replace('"source"', 'source'),
  comment: (good) => `${good}// the end`,
  'number-with-zeros': (good) => good.replace(/"ttl":\d+/, '"ttl":0600'),
  'number-with-plus': (good) => good.replace(/"ttl":\d+/, '"ttl":+600'),
  'not-a-number': (good) => good.replace(/"ttl":\d+/, '"ttl":NaN'),
  hexadecimal: (good) => good.replace(/"ttl":\d+/, '"ttl":0x258'),
  'utf-16': (good) => Buffer.from(good, 'utf16le'),
  'not-utf-8': (good) => Buffer.from(good.replace('http', '\u00ff\u00fe'), 'latin1'),
  'surrogate-bytes': (good) => Buffer.from(good.replace('http', 'h\u00ed\u00a0\u0080p'), 'latin1'),
  'control-character': (good) => good.replace('http', 'h\u0000p'),
  'nothing-but-bytes': () => Uint8Array.from({ length: 64 }, (_, at) => at * 3),
  xml: () => '<open-connect><source>http://kms-1.net</source></open-connect>',
  form: () => 'source=http%3A%2F%2Fkms-1.net&key_stream_id=null',
};

/** JSON that is no object, or not such a one. */
const otherValues: Readonly<Record<string, Text>> = {
  null: () => 'null',
  list: (good) => `[${good}]`,
  text: (good) => JSON.stringify(good),
  number: () => '1',
  true: () => 'true',
  'empty-object': () => '{}',
  'empty-list': () => '[]',
  'object-within': (good) => `{"open_connect":${good}}`,
  'other-names': (good) => good.replaceAll('key_stream_id', 'keyStreamId').replace('qos', 'QoS'),
};

const texts = table(
  'json',
  { against: 'qkd-device', tags: ['hostile', 'http'] },
  {
    ...rows(noJson, (text, name) => ({
      title: `The device refuses a call whose content is no JSON: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.malformedRefused],
      play: (kms) => kms.say('openConnect', { frame: { body: bodyOf(text, opening(kms)) } }),
    })),
    ...rows(otherValues, (text, name) => ({
      title: `The device refuses a call whose content is ${name.replaceAll('-', ' ')}`,
      covers: [requirements.unfitRefused],
      play: (kms) => kms.say('openConnect', { frame: { body: bodyOf(text, opening(kms)) } }),
    })),
    'no-content': {
      title: 'The device refuses a call without content',
      covers: [requirements.unfitRefused],
      play: (kms) => kms.say('openConnect', { content: undefined }),
    },
    'close-without-content': {
      title: 'The device refuses close without content, and leaves the stream open',
      covers: [requirements.unfitRefused, requirements.refusalChangesNothing],
      from: 'oneA.open',
      play: async (kms) => {
        const content = { key_stream_id: streamId(kms) };
        await kms.say('close', { content: undefined, frame: { end: 'a' } });
        await kms.say('close', { content });
      },
    },
    'get-key-without-content': {
      title: 'The device refuses get-key without content',
      covers: [requirements.unfitRefused],
      from: 'oneA.open',
      play: (kms) => kms.say('getKey', { content: undefined, frame: { end: 'a' } }),
    },
    'deep-nesting': {
      title: 'The device outlives content of ten thousand lists in each other',
      covers: [requirements.deviceKeepsServing, requirements.everyCallAnswered],
      play: (kms) =>
        kms.say('openConnect', {
          frame: { body: Buffer.from(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) },
        }),
    },
    'huge-number': {
      title: 'The device refuses a number of three thousand digits',
      covers: [requirements.unfitRefused],
      play: (kms) => {
        const digits = '9'.repeat(3000);
        const text = (good: string) => good.replace(/"ttl":\d+/, `"ttl":${digits}`);
        return kms.say('openConnect', { frame: { body: bodyOf(text, opening(kms)) } });
      },
    },
  },
);

/** Every member that is required, left out, null, or of another type. */
const required = table(
  'json',
  { against: 'qkd-device', tags: ['hostile'], covers: [requirements.unfitRefused] },
  {
    ...rows(
      { 'source-missing': 'source', 'destination-missing': 'destination', 'qos-missing': 'qos' },
      (name) => ({
        title: `The device refuses an open-connect without ${name}`,
        play: (kms) => kms.say('openConnect', { content: opening(kms, { [name]: undefined }) }),
      }),
    ),
    ...rows({ 'source-null': 'source', 'destination-null': 'destination' }, (name) => ({
      title: `The device refuses an open-connect whose ${name} is null`,
      play: (kms) => kms.say('openConnect', { content: opening(kms, { [name]: null }) }),
    })),
    ...rows({ 'source-no-uri': 'source', 'destination-no-uri': 'destination' }, (name) => ({
      title: `The device refuses an open-connect whose ${name} is no URI`,
      play: (kms) => kms.say('openConnect', { content: opening(kms, { [name]: 'not a uri' }) }),
    })),
    ...rows({ 'source-number': 'source', 'destination-number': 'destination' }, (name) => ({
      title: `The device refuses an open-connect whose ${name} is a number`,
      play: (kms) => kms.say('openConnect', { content: opening(kms, { [name]: 1 }) }),
    })),
  },
);

/** JSON of another form that means the same, or may be taken so. */
const forms: Readonly<Record<string, Text>> = {
  pretty: (good) => JSON.stringify(JSON.parse(good), null, 2),
  'blanks-everywhere': (good) => ` \n\t${good.replaceAll(',"', ' ,\r\n "')}\n`,
  escaped: (good) => good.replace('http', '\\u0068\\u0074\\u0074\\u0070'),
  'other-order': (good) =>
    JSON.stringify(Object.fromEntries(Object.entries(Object(JSON.parse(good))).toReversed())),
};

/** What some parsers take and others refuse. */
const doubtful: Readonly<Record<string, Text>> = {
  'byte-order-mark': (good) => `\ufeff${good}`,
  'member-twice': (good) => good.replace(/"ttl":\d+/, '"ttl":600,"ttl":600'),
  'member-twice-other-value': (good) => good.replace(/"ttl":\d+/, '"ttl":1200,"ttl":600'),
  'lone-surrogate': (good) => good.replace('"qos":', '"note":"\\ud800","qos":'),
  'member-__proto__': (good) => good.replace('"qos":', '"__proto__":{"a":1},"qos":'),
  'long-text': (good) => good.replace('"qos":', `"note":"${'x'.repeat(60_000)}","qos":`),
};

const spelled = table(
  'json',
  { against: 'qkd-device', tags: ['http'] },
  {
    ...rows(forms, (text, name) => ({
      title: `The device reads JSON of another form: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.bodyIsJson, requirements.openConnectAnswered],
      play: (kms) => kms.say('openConnect', { frame: { body: bodyOf(text, opening(kms)) } }),
      expect: answers(
        requirements.openConnectAnswered,
        { call: 'openConnect', end: 'a' },
        { opened: 'any', counterProposed: 'any', openRefused: [4, 6] },
      ),
    })),
    ...rows(doubtful, (text, name) => ({
      title: `The device answers JSON with ${name.replaceAll('-', ' ')}`,
      covers: [requirements.everyCallAnswered, requirements.memberNamesUnique],
      tags: ['hostile'],
      play: (kms) => kms.say('openConnect', { frame: { body: bodyOf(text, opening(kms)) } }),
    })),
    'ttl-of-64-bits': {
      title: 'The device refuses a ttl that overflows to a good one',
      covers: [requirements.unfitRefused, requirements.qosTypes],
      tags: ['hostile'],
      play: (kms) => kms.say('openConnect', { content: openingWith(kms, { ttl: 2 ** 32 + 600 }) }),
    },
  },
);

function bodyOf(text: Text, content: object): Uint8Array {
  const ttl = { ...Object(member(content, 'qos')), ttl: 600 };
  const body = text(Buffer.from(contentText({ ...content, qos: ttl })).toString());
  return typeof body === 'string' ? Buffer.from(body) : body;
}

/** What the content of a call may be. */
export const json: readonly Case<Etsi004Bend>[] = [...texts, ...required, ...spelled];
