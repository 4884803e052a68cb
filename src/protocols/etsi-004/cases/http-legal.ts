import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { answers } from './expect.ts';
import { streamId } from './streams.ts';
import { rows, table } from './table.ts';

const { path } = messages.openConnect;
const opens = answers(
  requirements.openConnectAnswered,
  { call: 'openConnect', end: 'a' },
  {
    opened: 'any',
    counterProposed: 'any',
    openRefused: [4, 6],
  },
);

/** What HTTP allows, and no server may stumble over. */
const forms: Readonly<Record<string, Etsi004Bend>> = {
  'names-in-small-letters': { names: 'lower' },
  'names-in-capitals': { names: 'upper' },
  'header-of-4000-characters': { extra: [`X-Long: ${'x'.repeat(4000)}`] },
  'fifty-headers': { extra: Array.from({ length: 50 }, (_, at) => `X-Header-${at}: ${at}`) },
  'blanks-around-values': { extra: ['X-Blank: \t  value \t '] },
  'empty-value': { extra: ['X-Empty:'] },
  'accepts-json': { extra: ['Accept: application/json'] },
  'accepts-anything': { extra: ['Accept: */*', 'User-Agent: kms/1.0'] },
  'content-type-with-charset': contentType('application/json; charset=utf-8'),
  'content-type-in-capitals': contentType('Application/JSON'),
  'content-type-with-quotes': contentType('application/json;charset="UTF-8"'),
  'one-chunk': { chunked: { sizes: [100_000] } },
  'chunks-of-one-byte': { chunked: { sizes: [1] } },
  'chunks-with-extensions': { chunked: { sizes: [20], extension: ';name=value' } },
  'chunks-with-trailers': { chunked: { sizes: [20], trailers: ['X-Digest: 1'] } },
  'expect-100-continue': { extra: ['Expect: 100-continue'] },
};

function contentType(value: string): Etsi004Bend {
  return { omit: ['content-type'], extra: [`Content-Type: ${value}`] };
}

const legal = table(
  'http',
  {
    against: 'qkd-device',
    tags: ['http'],
    covers: [requirements.transportIsHttp, requirements.openConnectAnswered],
    expect: opens,
  },
  {
    ...rows(forms, (frame, name) => ({
      title: `The device opens a stream for a call with ${name.replaceAll('-', ' ')}`,
      play: (kms) => kms.say('openConnect', { frame }),
    })),
  },
);

/** What many servers take, and others refuse: nobody can be blamed. */
const either: Readonly<Record<string, Etsi004Bend>> = {
  'trailing-slash': { target: `${path}/` },
  query: { target: `${path}?a=1&b` },
  'two-slashes': { target: `/${path}` },
  'path-in-capitals': { target: path.toUpperCase() },
  'path-encoded': { target: path.replace('open-connect', 'open%2Dconnect') },
  'absolute-form': { target: `http://localhost${path}` },
  'http-1.0': { startLine: `POST ${path} HTTP/1.0` },
  'line-feeds': { lineEnd: '\n' },
  'folded-header': { extra: ['X-Folded: one', ' two'] },
  'host-missing': { omit: ['host'] },
  'host-twice': { extra: ['Host: elsewhere'] },
  'header-without-colon': { extra: ['no colon here'] },
  'header-with-control-character': { extra: ['X-Control: a\u0001b'] },
  'content-type-missing': { omit: ['content-type'] },
  'content-type-text': contentType('text/plain'),
  'content-type-form': contentType('application/x-www-form-urlencoded'),
  'content-type-other': contentType('application/octet-stream'),
};

const tolerated = table(
  'http',
  {
    against: 'qkd-device',
    tags: ['http', 'hostile'],
    covers: [requirements.openConnectAnswered, requirements.deviceKeepsServing],
  },
  rows(either, (frame, name) => ({
    title: `The device answers a call with ${name.replaceAll('-', ' ')}`,
    play: (kms) => kms.say('openConnect', { frame }),
  })),
);

const getWithContent = table(
  'http',
  {
    against: 'qkd-device',
    tags: ['http'],
    from: 'oneB.open',
    covers: [requirements.getContentRead],
    expect: answers(
      requirements.getContentRead,
      { call: 'getKey', end: 'a' },
      {
        getKeyAccepted: 'any',
        getKeyRefused: [2, 4, 6, 8],
      },
    ),
  },
  rows<Etsi004Bend>(
    {
      'get-in-chunks': { chunked: { sizes: [7] } },
      'get-with-charset': forms['content-type-with-charset'] ?? {},
    },
    (bend, name) => ({
      title: `The device reads the content of get-key: ${name.replaceAll('-', ' ')}`,
      play: (kms) =>
        kms.say('getKey', {
          content: { key_stream_id: streamId(kms) },
          frame: { ...bend, end: 'a' },
        }),
    }),
  ),
);

/** Calls as HTTP has them. */
export const httpLegal: readonly Case<Etsi004Bend>[] = [...legal, ...tolerated, ...getWithContent];
