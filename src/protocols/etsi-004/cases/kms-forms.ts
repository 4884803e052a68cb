import { requirements } from '#models/etsi-004/index.ts';
import type { Readings } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { takesKeys } from './kms-expect.ts';
import { insist, keyContent, writeInPieces } from './kms-speech.ts';
import { table, type Row } from './table.ts';

const { everyPushAnswered, formsUnderstood, streamIdIsUuid, unknownMembersPassed } = requirements;

/** Bytes of a long content. */
const mebibyte = 2 ** 20;

/** A good push in another form than the usual one. */
interface Form {
  readonly how: string;
  readonly unless?: Readings;
  readonly frame?: Etsi004Bend;
  readonly written?: (content: object) => string;
}

const forms: Readonly<Record<string, Form>> = {
  chunked: { how: 'in chunks', frame: { chunked: { sizes: [11, 40] } } },
  'chunks-of-one': {
    how: 'in chunks of one byte, with trailers',
    frame: { chunked: { sizes: [1], extension: ';a=b', trailers: ['X-After: yes'] } },
  },
  'names-lower': { how: 'with field names in small letters', frame: { names: 'lower' } },
  'names-upper': { how: 'with field names in capitals', frame: { names: 'upper' } },
  'fields-more': {
    how: 'with fields that nobody knows',
    frame: { extra: ['User-Agent: none', 'Accept: */*', 'X-Empty:', 'X-Tab:\ta\t'] },
  },
  'type-with-charset': {
    how: 'whose type names a character set',
    frame: { omit: ['content-type'], extra: ['Content-Type: application/json; charset=utf-8'] },
  },
  'type-missing': {
    how: 'without a content type',
    unless: { mediaType: 'refused' },
    frame: { omit: ['content-type'] },
  },
  blanks: {
    how: 'with white space and escapes',
    written: (content) => JSON.stringify(content, null, '\t').replace('"index"', '"\\u0069ndex"'),
  },
  'slashes-escaped': {
    how: 'whose base 64 has escaped slashes',
    written: (content) => JSON.stringify(content).replaceAll('/', '\\/'),
  },
  'members-turned': {
    how: 'whose members come in another order',
    written: (content) => JSON.stringify(Object.fromEntries(Object.entries(content).toReversed())),
  },
  'index-point-zero': {
    how: 'whose index ends with .0',
    unless: { integerForm: 'plain' },
    written: (content) => JSON.stringify(content).replace(/("index":\d+)/, '$1.0'),
  },
  'index-minus-zero': {
    how: 'whose index is -0',
    unless: { integerForm: 'plain' },
    written: (content) => JSON.stringify(content).replace(/"index":0\b/, '"index":-0'),
  },
};

/** In which forms KMSs read a good push. */
export const kmsForms: readonly Case<Etsi004Bend>[] = table(
  'kms-forms',
  { against: 'kms', from: 'oneA.pushing' },
  {
    ...Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, inForm(form)])),
    'index-exponent': {
      title: 'The KMS takes a key whose index is 1e3',
      covers: [formsUnderstood],
      play: (device) => {
        const text = JSON.stringify(keyContent(device, { index: 1000 }));
        const body = Buffer.from(text.replace('"index":1000', '"index":1e3'));
        return insist(device, { index: 1000, frame: { body } });
      },
      expect: takesKeys({
        requirement: formsUnderstood,
        unless: { integerForm: 'plain' },
      }),
    },
    'members-more': {
      title: 'The KMS passes members over that it does not know',
      covers: [unknownMembersPassed],
      play: (device) => insist(device, { content: { vendor: { a: [1, null, 'x'] }, age: 1.5 } }),
      expect: takesKeys({ requirement: unknownMembersPassed }),
    },
    'id-upper': {
      title: 'The KMS knows its stream by an id in capitals',
      covers: [streamIdIsUuid],
      play: (device) => {
        const content = keyContent(device);
        const id = /"key_stream_id":"([^"]+)"/.exec(JSON.stringify(content))?.[1] ?? '';
        const metadata = { size: 57, buffer: { key_stream_id: id.toUpperCase() } };
        return insist(device, { content: { metadata } });
      },
      expect: takesKeys({ requirement: streamIdIsUuid, unless: { uuidCase: 'exact' } }),
    },
    'metadata-text': {
      title: 'The KMS answers a push whose metadata are a text that holds JSON',
      covers: [everyPushAnswered],
      play: (device) => {
        const content = keyContent(device);
        const { metadata } = { metadata: undefined, ...content };
        const text = /\{"key_stream_id":"[^"]+"\}/.exec(JSON.stringify(metadata))?.[0] ?? '';
        const written = { size: text.length, buffer: text };
        return insist(device, { content: { metadata: written } });
      },
    },
    'metadata-size-wrong': {
      title: 'The KMS answers a push whose metadata have another size than they say',
      covers: [everyPushAnswered],
      play: (device) => {
        const { metadata } = { metadata: {}, ...keyContent(device) };
        return insist(device, { content: { metadata: { ...Object(metadata), size: 0 } } });
      },
    },
    'member-twice': {
      title: 'The KMS answers a push in which a member stands twice',
      covers: [everyPushAnswered],
      tags: ['hostile'],
      play: (device) => {
        const text = JSON.stringify(keyContent(device, { index: 3 }));
        const body = Buffer.from(text.replace('{', '{"index":2,'));
        return insist(device, { index: 3, frame: { body } });
      },
    },
    'in-single-bytes': {
      title: 'The KMS reads a push that comes byte by byte',
      covers: [formsUnderstood, everyPushAnswered],
      play: async (device) => {
        const frame = { end: 'a' } as const;
        const bend = { content: keyContent(device), frame };
        await writeInPieces(device, device.compose('keyMaterial', bend), 1);
        await device.hear();
      },
      expect: takesKeys({ requirement: formsUnderstood }),
    },
    'head-and-body-apart': {
      title: 'The KMS reads a push whose head and content come apart',
      covers: [formsUnderstood, everyPushAnswered],
      play: async (device) => {
        const bend = { content: keyContent(device), frame: { end: 'a' } as const };
        const records = device.compose('keyMaterial', bend);
        const text = Buffer.from(records).toString('latin1');
        await writeInPieces(device, records, text.indexOf('\r\n\r\n') - text.indexOf('POST') + 4);
        await device.hear();
      },
      expect: takesKeys({ requirement: formsUnderstood }),
    },
    'long-content': {
      title: 'The KMS answers a push of a mebibyte',
      covers: [everyPushAnswered],
      tags: ['hostile'],
      play: (device) => insist(device, { content: { padding: 'x'.repeat(mebibyte) } }),
    },
  },
);

function inForm({ how, unless = {}, frame = {}, written }: Form): Row {
  return {
    title: `The KMS takes a key that comes ${how}`,
    covers: [formsUnderstood],
    play: (device) => {
      const body = written === undefined ? undefined : Buffer.from(written(keyContent(device)));
      return insist(device, { frame: { ...frame, ...(body === undefined ? {} : { body }) } });
    },
    expect: takesKeys({ requirement: formsUnderstood, unless }),
  };
}
