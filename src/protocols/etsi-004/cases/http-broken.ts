import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';
import { streamId } from './streams.ts';
import { rows, table } from './table.ts';

const { path } = messages.openConnect;

/** Heads that no server may take for a call; where the next message would begin nobody knows. */
const broken: Readonly<Record<string, Etsi004Bend>> = {
  'no-version': { startLine: `POST ${path}` },
  'version-of-no-number': { startLine: `POST ${path} HTTP/x.y` },
  'other-protocol': { startLine: `POST ${path} SIP/2.0` },
  'three-blanks': { startLine: `POST   ${path}   now   HTTP/1.1` },
  'no-target': { startLine: 'POST HTTP/1.1' },
  'method-of-odd-characters': { startLine: `PO(ST ${path} HTTP/1.1` },
  'length-of-letters': { length: 'many' },
  'length-negative': { length: '-1' },
  'length-with-a-sign': { length: '+10' },
  'length-hexadecimal': { length: '0x20' },
  'lengths-that-differ': { extra: ['Content-Length: 3'] },
  'list-of-lengths': { length: '10, 20' },
  'length-beyond-all-memory': { length: '99999999999999999999' },
  'chunk-size-of-letters': { chunked: { sizes: [9], last: 'zz\r\n\r\n' } },
  'chunk-size-negative': { chunked: { sizes: [9], last: '-5\r\n\r\n' } },
  'chunk-size-beyond-all-memory': { chunked: { sizes: [9], last: 'fffffffffffffffff\r\n\r\n' } },
};

/**
 * A call on which nothing is known to follow; whoever waits for more hears that there is none. Then
 * a good one, over another connection.
 */
async function sayLast(kms: Etsi004Player, frame: Etsi004Bend): Promise<unknown> {
  const connection = recall(kms.context).connections.a.kms;
  await kms.say('openConnect', { frame: { ...frame, end: 'a', connection, leaves: 'ended' } });
  return kms.say('openConnect', { frame: { end: 'a', connection: connection + 1 } });
}

const refused = table(
  'http',
  {
    against: 'qkd-device',
    tags: ['http', 'hostile'],
    covers: [requirements.malformedRefused, requirements.deviceKeepsServing],
  },
  {
    ...rows(broken, (frame, name) => ({
      title: `The device refuses a call that is no HTTP: ${name.replaceAll('-', ' ')}`,
      play: (kms) => sayLast(kms, frame),
    })),
    'cut-in-the-head': {
      title: 'The device outlives a call that ends within its head',
      play: (kms) =>
        sayLast(kms, { head: `POST ${path} HTTP/1.1\r\nHost: loc`, body: Buffer.alloc(0) }),
    },
    'cut-in-the-content': {
      title: 'The device refuses a call that ends within its content',
      play: (kms) => sayLast(kms, { length: '100000' }),
    },
    'cut-in-a-chunk': {
      title: 'The device refuses a call that ends within a chunk',
      play: (kms) => sayLast(kms, { chunked: { sizes: [9], last: '20\r\n{' } }),
    },
  },
);

const strange: Readonly<Record<string, { frame: Etsi004Bend; path?: true }>> = {
  'path-of-nothing': { frame: { target: '/api/v1/kms/etsi004/open' }, path: true },
  'path-root': { frame: { target: '/' }, path: true },
  'path-of-another-version': { frame: { target: path.replace('v1', 'v2') }, path: true },
  'path-beneath': { frame: { target: `${path}/more` }, path: true },
  'path-with-dots': { frame: { target: `${path}/../open` }, path: true },
  'path-of-9000-characters': { frame: { target: `/${'x'.repeat(9000)}` }, path: true },
  'method-put': { frame: { method: 'PUT' } },
  'method-delete': { frame: { method: 'DELETE' } },
  'method-patch': { frame: { method: 'PATCH' } },
  'method-get': { frame: { method: 'GET' } },
  'method-of-small-letters': { frame: { method: 'post' } },
  'method-unknown': { frame: { method: 'BREW' } },
  'method-options': { frame: { method: 'OPTIONS' } },
};

const unknown = table(
  'http',
  { against: 'qkd-device', tags: ['http', 'hostile'] },
  {
    ...rows(strange, ({ frame, path: isPath }, name) => ({
      title: `The device answers a call with ${name.replaceAll('-', ' ')}`,
      covers: [
        isPath === true ? requirements.unknownPathRefused : requirements.wrongMethodRefused,
        requirements.everyCallAnswered,
      ],
      play: (kms) => kms.say('openConnect', { frame }),
    })),
    'key-material-at-the-device': {
      title: 'The device does not take keys itself',
      covers: [requirements.unknownPathRefused, requirements.callsOfTheirSide],
      play: (kms) => kms.say('openConnect', { frame: { target: messages.keyMaterial.path } }),
    },
    'close-by-delete': {
      title: 'The device does not take DELETE for close',
      covers: [requirements.wrongMethodRefused, requirements.refusalChangesNothing],
      from: 'oneA.open',
      play: async (kms) => {
        const content = { key_stream_id: streamId(kms) };
        await kms.say('close', { content, frame: { method: 'DELETE' } });
        await kms.say('close', { content });
      },
    },
    'close-by-post': {
      title: 'The device does not take POST for close',
      covers: [requirements.wrongMethodRefused],
      from: 'oneA.open',
      play: (kms) =>
        kms.say('close', {
          content: { key_stream_id: streamId(kms) },
          frame: { method: 'POST' },
        }),
    },
  },
);

/** Calls that are no HTTP, or none of the interface. */
export const httpBroken: readonly Case<Etsi004Bend>[] = [...refused, ...unknown];
