import { requirements } from '#models/kmip/index.ts';
import type { KmipBend } from '../compose.ts';
import { bareDialects } from './bare.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { askGood, reading, requestOf, say, stillServes } from './saying.ts';

const { httpPost, httpContentType, httpContentLength, httpSyntax, wrongPathRefused } = requirements;
const { httpStatus, staysUp, responseEncoding, httpNoCache, goodServed } = requirements;

const overHttp = [
  'kmip/json',
  'kmip/json-cosmian-5',
  'kmip/json-cosmian-4',
  'kmip/json-cosmian-page',
  'kmip/xml',
  'kmip/http',
];

/** Requests that are none of KMIP's. */
const refused: Readonly<Record<string, KmipBend>> = {
  'path-root': { target: '/' },
  'path-other': { target: '/kmip2' },
  'path-below': { target: '/kmip/2_1/other' },
  'path-of-other-case': { target: '/KMIP' },
  'path-climbing': { target: '/kmip/../admin' },
  'method-get': { method: 'GET' },
  'method-put': { method: 'PUT' },
  'method-delete': { method: 'DELETE' },
  'method-patch': { method: 'PATCH' },
  'method-unknown': { method: 'KMIP' },
  'method-options': { method: 'OPTIONS' },
};

const types: Readonly<Record<string, KmipBend>> = {
  'type-text': { contentType: 'text/plain' },
  'type-form': { contentType: 'application/x-www-form-urlencoded' },
  'type-empty': { contentType: '' },
  'type-missing': { http: { omit: ['content-type'] } },
  'type-broken': { contentType: ';;;' },
};

/** Heads that are no HTTP. */
const broken: Readonly<Record<string, KmipBend>> = {
  'length-text': { http: { length: 'many' } },
  'length-negative': { http: { length: '-1' } },
  'length-twice': { http: { extra: ['Content-Length: 3'] } },
  'start-line-short': { http: { startLine: 'POST /kmip' } },
  'start-line-empty': { http: { startLine: '' } },
  'header-without-colon': { http: { extra: ['no header'] } },
  'header-folded': { http: { extra: ['X-One: 1', ' folded'] } },
  'host-missing': { http: { omit: ['host'] } },
};

/** A request without Content-Length: a server may ask for one. */
const inChunks: Readonly<Record<string, KmipBend>> = {
  chunked: { http: { chunked: { sizes: [7] } } },
  'chunked-in-one': { http: { chunked: { sizes: [100_000] } } },
};

/** Other forms of a good request. */
const good: Readonly<Record<string, KmipBend>> = {
  'names-lower': { http: { names: 'lower' } },
  'names-upper': { http: { names: 'upper' } },
  'extra-headers': { http: { extra: ['X-Request-Id: 1', 'Accept: */*', 'User-Agent: qkdspec'] } },
  'cache-control-missing': { http: { omit: ['cache-control'] } },
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(refused, (frame, name) => ({
    title: `Another path or method is refused by HTTP: ${name.replaceAll('-', ' ')}`,
    covers: [wrongPathRefused, httpPost, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), frame);
      await stillServes(player, heard);
    },
  })),
  ...rowsOf(types, (frame, name) => ({
    title: `A body of no type of KMIP's is refused: ${name.replaceAll('-', ' ')}`,
    covers: [httpContentType, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), frame);
      await stillServes(player, heard);
    },
  })),
  ...rowsOf(broken, (frame, name) => ({
    title: `What is no HTTP ends the connection or is refused: ${name.replaceAll('-', ' ')}`,
    covers: [httpSyntax, httpContentLength, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      player.send('query', { content: requestOf(player, [reading]), frame });
      await player.listen(80);
      await player.reconnect();
      await askGood(player);
    },
  })),
  ...rowsOf(inChunks, (frame, name) => ({
    title: `A request in chunks is read, or its length asked for: ${name.replaceAll('-', ' ')}`,
    covers: [httpContentLength, httpSyntax, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), frame);
      await stillServes(player, heard);
    },
  })),
  ...rowsOf(good, (frame, name) => ({
    title: `A request is read in every form of HTTP: ${name.replaceAll('-', ' ')}`,
    covers: [goodServed, httpSyntax, httpStatus, responseEncoding],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), frame);
      await stillServes(player, heard);
    },
  })),
  'usual-response': {
    title: 'A response over HTTP has status, type, length and no cache',
    covers: [
      httpStatus,
      httpContentType,
      httpContentLength,
      httpNoCache,
      responseEncoding,
      requirements.jsonEndpoint,
    ],
    play: askGood,
  },
  'failure-is-200': {
    title: 'An operation that failed is answered with the status 200',
    covers: [httpStatus, requirements.absentRefused],
    play: (player) =>
      say(player, requestOf(player, [['Activate', { UniqueIdentifier: 'nobody' }]])),
  },
  'body-empty': {
    title: 'A request without body is refused',
    covers: [httpContentType, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await say(player, requestOf(player, [reading]), { raw: new Uint8Array(0) });
      await stillServes(player, heard);
    },
  },
  'body-short': {
    title: 'A body that is shorter than it says harms nobody',
    covers: [httpContentLength, staysUp, requirements.messageWhole],
    tags: ['hostile'],
    play: async (player) => {
      const whole = player.compose('query');
      player.write(whole.subarray(0, whole.length - 10));
      await player.reconnect();
      await askGood(player);
    },
  },
  'two-in-one-segment': {
    title: 'Two requests of HTTP in one segment have two responses',
    covers: [requirements.everyRequestAnswered, requirements.nothingUnasked],
    play: async (player) => {
      player.write(Buffer.concat([player.compose('query'), player.compose('discoverVersions')]));
      await askGood(player);
    },
  },
  'byte-by-byte': {
    title: 'A request of HTTP is read however it is cut',
    covers: [requirements.everyRequestAnswered],
    play: async (player) => {
      for (const byte of player.compose('query')) player.write(Uint8Array.of(byte));
      await askGood(player);
    },
  },
};

/** What a server makes of HTTP around KMIP. */
export const httpCases: readonly KmipCase[] = table('http', { against: 'server' }, rows).map(
  (one) => {
    const isOfMessages = one.id === 'kmip/http/failure-is-200';
    return { ...one, dialects: isOfMessages ? overHttp : [...overHttp, ...bareDialects] };
  },
);
