import { requirements } from '#models/etsi-004/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { goesOn } from './kms-expect.ts';
import { honest, writeInPieces } from './kms-speech.ts';
import { table, type Row } from './table.ts';

const { formsUnderstood, unknownMembersPassed, successCodes, streamIdIsUuid } = requirements;

/** A good answer to open-connect in another form than the usual one. */
interface Form {
  readonly how: string;
  readonly requirement?: Requirement;
  readonly unless?: Readings;
  readonly frame?: Etsi004Bend;
  readonly bytes?: (http: Uint8Array) => Uint8Array;
  readonly content?: object;
  readonly written?: (content: object) => string;
}

const forms: Readonly<Record<string, Form>> = {
  'code-200': {
    how: 'with 200',
    requirement: successCodes,
    unless: { successCode: 'listed' },
    frame: { code: 200 },
  },
  chunked: { how: 'in chunks', frame: { chunked: { sizes: [7, 30] } } },
  'chunks-of-one': {
    how: 'in chunks of one byte, with trailers',
    frame: { chunked: { sizes: [1], extension: ';a=b', trailers: ['X-After: yes'] } },
  },
  'names-lower': { how: 'with field names in small letters', frame: { names: 'lower' } },
  'fields-more': {
    how: 'with fields that nobody knows',
    frame: { extra: ['Server: none', 'Date: Thu, 01 Jan 2026 00:00:00 GMT', 'X-A:', 'x-a: b'] },
  },
  interim: {
    how: 'behind 100 Continue',
    bytes: (http) => Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), http]),
  },
  'until-closed': {
    how: 'whose end is that of the connection',
    frame: { length: null, leaves: 'ended' },
  },
  blanks: {
    how: 'with white space and escapes',
    written: (content) => JSON.stringify(content, null, '\t').replace('"status"', '"\\u0073tatus"'),
  },
  'numbers-otherwise': {
    how: 'with a number that ends with .0',
    unless: { integerForm: 'plain' },
    written: (content) => JSON.stringify(content).replace(/("key_chunk_size":\d+)/, '$1.0'),
  },
  'members-more': {
    how: 'with source, destination and members that nobody knows',
    requirement: unknownMembersPassed,
    content: { source: 'http://kms-1.net', destination: 'http://kms-2.net', vendor: { a: [1] } },
  },
  'type-with-charset': {
    how: 'whose type names a character set',
    frame: { omit: ['content-type'], extra: ['Content-Type: application/json; charset=utf-8'] },
  },
  'status-0': { how: 'with status 0 although the peer is absent', content: { status: 0 } },
  'status-1': { how: 'with status 1: the peer is absent', content: { status: 1 } },
};

/** How KMSs read the answer to open-connect where it tells of success. */
export const kmsOpening: readonly Case<Etsi004Bend>[] = table(
  'kms-opening',
  { against: 'kms', from: 'oneA.opening' },
  {
    ...Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, goodAnswer(form)])),
    'qos-suggested': {
      title: 'The KMS bears that another quality is suggested',
      covers: [requirements.getKeyAfterOpen],
      play: (device) => {
        const usual = honest(device, 'opened');
        const qos = { ...Object(usual['qos']), ttl: 60, jitter: 7, priority: 1 };
        return device.say('opened', { content: { ...usual, qos } });
      },
    },
    'id-upper': {
      title: 'The KMS uses an id in capitals as it is, or in small letters',
      covers: [streamIdIsUuid],
      play: (device) => {
        const content = honest(device, 'opened');
        const id = String(content['key_stream_id']).toUpperCase();
        return device.say('opened', { content: { ...content, key_stream_id: id } });
      },
      expect: goesOn('opened', { requirement: streamIdIsUuid }),
    },
    'in-single-bytes': {
      title: 'The KMS reads an answer that comes byte by byte',
      covers: [formsUnderstood],
      play: (device) => writeInPieces(device, device.compose('opened'), 1),
      expect: goesOn('opened'),
    },
    slow: {
      title: 'The KMS waits for an answer that takes its time',
      covers: [requirements.getKeyAfterOpen],
      play: async (device) => {
        await device.hear(150);
        device.send('opened');
      },
    },
    'answered-twice': {
      title: 'The KMS is not led on by a second answer with another id',
      covers: [requirements.getKeyNamesStream],
      tags: ['hostile'],
      play: (device) => {
        const bytes = (http: Uint8Array) => Buffer.concat([http, secondAnswer(device)]);
        const frame = { extra: ['Connection: close'], leaves: 'ended' } as const;
        return device.say('opened', { frame, bytes });
      },
    },
  },
);

function goodAnswer(form: Form): Row {
  const { how, requirement = formsUnderstood, unless } = form;
  return {
    title: `The KMS goes on after an answer ${how}`,
    covers: [requirement],
    play: (device) => sayOpened(device, form),
    expect: goesOn('opened', { requirement, ...(unless === undefined ? {} : { unless }) }),
  };
}

function sayOpened(device: Etsi004Player, { frame = {}, bytes, content, written }: Form) {
  const all = { ...honest(device, 'opened'), ...content };
  return device.say('opened', {
    content: all,
    frame: { ...frame, ...(written === undefined ? {} : { body: Buffer.from(written(all)) }) },
    ...(bytes === undefined ? {} : { bytes }),
  });
}

function secondAnswer(device: Etsi004Player): Uint8Array {
  const other = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
  const text = JSON.stringify({ ...honest(device, 'opened'), key_stream_id: other });
  const head = 'HTTP/1.1 201 Created\r\nContent-Type: application/json';
  return Buffer.from(`${head}\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
}
