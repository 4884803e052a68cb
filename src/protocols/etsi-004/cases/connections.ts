import { messages, requirements } from '#models/etsi-004/index.ts';
import { encodeRecord, RecordDecoder } from '#src/base/records.ts';
import type { Case, Heard } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';
import { answers } from './expect.ts';
import { opening, streamId, unknownId } from './streams.ts';
import { pushDialect } from './dialects.ts';
import { rows, table } from './table.ts';

const { path } = messages.openConnect;

/** What is no HTTP at all: nothing of it has to be answered, the device must be there afterwards. */
const junk: Readonly<Record<string, string | Uint8Array>> = {
  'one-byte': '\u0000',
  'line-feeds': `${'\n'.repeat(64)}.`,
  'tls-hello': Buffer.from('16030100c8010000c40303'.padEnd(400, '5a'), 'hex'),
  'http2-preface':
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000',
  'ssh-banner': 'SSH-2.0-OpenSSH_9.6\r\n',
  'framing-of-the-standard': Buffer.from('0200010200000000', 'hex'),
  'all-ones': Buffer.alloc(256, 0xff),
  'json-alone': '{"key_stream_id": null}',
  'head-without-end': `POST ${path} HTTP/1.1\r\nHost: localhost\r\n`,
  'header-of-a-megabyte': `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(2 ** 20)}`,
  'content-of-a-megabyte': `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n${'x'.repeat(2 ** 20)}`,
  'length-and-nothing': `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n`,
};

const outlived = table(
  'connections',
  {
    against: 'qkd-device',
    tags: ['http', 'hostile'],
    covers: [requirements.deviceKeepsServing],
    dialects: [pushDialect],
  },
  rows(junk, (bytes, name) => ({
    title: `The device outlives a client that sends ${name.replaceAll('-', ' ')}`,
    play: async (kms) => {
      const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
      for (const leaves of ['ended', 'reset'] as const) {
        const connection = recall(kms.context).connections.a.kms;
        kms.send('openConnect', { frame: { end: 'a', connection, leaves }, bytes: () => all });
        await kms.pause(20);
        await kms.say('openConnect', { frame: { end: 'a', connection: connection + 1 } });
        await kms.reconnect('reset');
        await kms.say('openConnect');
        await kms.say('close');
      }
    },
  })),
);

/** Whether the device goes on with the connection of this answer. */
function isKept(heard: Heard | null): boolean {
  return heard?.kind === 'frame' && heard.perceived.payload['last'] === false;
}

const kept: Etsi004Bend = { connection: 0, omit: ['connection'] };

/** A stream at the source, over a connection that is to be kept; whether it is. */
async function keep(kms: Etsi004Player): Promise<boolean> {
  return isKept(await kms.say('openConnect', { frame: { ...kept, end: 'a' } }));
}

const shared = table(
  'connections',
  {
    against: 'qkd-device',
    tags: ['http'],
    covers: [requirements.oneAnswerACall, requirements.everyCallAnswered],
  },
  {
    'kept-alive': {
      title: 'The device answers one call after the other on a connection that it keeps',
      play: async (kms) => {
        if (!(await keep(kms))) return;
        const content = { key_stream_id: streamId(kms) };
        const heard = await kms.say('getKey', { content, frame: kept });
        if (isKept(heard)) await kms.say('close', { content, frame: kept });
      },
    },
    'error-then-call': {
      title: 'The device serves a connection on which it refused a call',
      tags: ['hostile'],
      play: async (kms) => {
        const wrong = { key_stream_id: unknownId };
        const heard = await kms.say('getKey', { content: wrong, frame: { ...kept, end: 'a' } });
        if (isKept(heard)) await kms.say('openConnect', { frame: { ...kept, end: 'a' } });
      },
    },
    'call-while-another-is-half-said': {
      title: 'The device answers a call while another one is not yet whole',
      covers: [requirements.endsIndependent],
      play: async (kms) => {
        const whole = kms.compose('openConnect', { frame: { connection: 0, end: 'a' } });
        const [first, ...rest] = inPieces(whole, Math.floor(whole.length / 2));
        if (first !== undefined) kms.write(first);
        await kms.say('openConnect', {
          content: opening(kms),
          frame: { end: 'a', connection: 1 },
        });
        for (const piece of rest) kms.write(piece);
        await kms.listen(200);
      },
    },
    'in-small-pieces': {
      title: 'The device reads a call that comes in pieces of seven bytes',
      covers: [requirements.transportIsHttp, requirements.openConnectAnswered],
      play: async (kms) => {
        for (const piece of inPieces(kms.compose('openConnect', { frame: { end: 'a' } }), 7)) {
          kms.write(piece);
          await kms.pause(1);
        }
        await kms.listen(200);
      },
      expect: answers(
        requirements.openConnectAnswered,
        { call: 'openConnect', end: 'a' },
        { opened: 'any', counterProposed: 'any', openRefused: [4, 6] },
      ),
    },
    'many-connections': {
      title: 'The device answers on many connections at once',
      covers: [requirements.deviceKeepsServing],
      tags: ['hostile'],
      play: async (kms) => {
        const content = { key_stream_id: unknownId };
        for (let connection = 0; connection < 32; connection += 1) {
          kms.send('getKey', { content, frame: { end: 'a', connection } });
        }
        await kms.say('openConnect', { frame: { end: 'a', connection: 32 } });
      },
    },
  },
);

/** The same records, their bytes in pieces of such a size. */
function inPieces(records: Uint8Array, sizeBytes: number): readonly Uint8Array[] {
  return new RecordDecoder().push(records).flatMap((piece) => {
    if (piece.kind === 'bad') return [];
    const count = Math.max(1, Math.ceil(piece.bytes.length / sizeBytes));
    return Array.from({ length: count }, (_, at) =>
      encodeRecord({ ...piece, bytes: piece.bytes.subarray(at * sizeBytes, (at + 1) * sizeBytes) }),
    );
  });
}

/** How calls share connections. */
export const connections: readonly Case<Etsi004Bend>[] = [...outlived, ...shared];
