import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { writeClose } from '#src/wire/websocket/close-payload.ts';
import { writeFrame } from '#src/wire/websocket/frame-writer.ts';
import { acceptOf } from '#src/wire/websocket/handshake.ts';
import {
  WebSocketMessageReader,
  type WebSocketMessage,
} from '#src/wire/websocket/message-reader.ts';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const mask = Uint8Array.of(1, 2, 3, 4);
const request = [
  ...['GET / HTTP/1.1', 'Host: localhost', 'Upgrade: websocket', 'Connection: Upgrade'],
  ...['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`, '', ''],
].join('\r\n');

let ending: (() => Promise<unknown>) | null = null;

afterEach(() => ending?.());

/** A ws server that echoes, and a socket that has shaken hands with it. */
async function echo(): Promise<{ socket: Socket; head: string; rest: Uint8Array }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    client.on('error', () => {});
    client.on('message', (content, isBinary) => client.send(content, { binary: isBinary }));
  });
  await once(server, 'listening');
  const socket = connect(portOf(server.address()), '127.0.0.1');
  ending = async () => {
    socket.destroy();
    for (const client of server.clients) client.terminate();
    await new Promise((done) => server.close(done));
  };
  socket.write(request);
  let bytes = Buffer.alloc(0);
  while (!bytes.includes('\r\n\r\n')) bytes = Buffer.concat([bytes, await chunkOf(socket)]);
  const end = bytes.indexOf('\r\n\r\n') + 4;
  return { socket, head: bytes.toString('latin1', 0, end), rest: bytes.subarray(end) };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

async function chunkOf(socket: Socket): Promise<Buffer> {
  const chunk: unknown = (await once(socket, 'data'))[0];
  if (!Buffer.isBuffer(chunk)) throw new TypeError('no bytes');
  return chunk;
}

async function answers(said: readonly Uint8Array[], count: number) {
  const { socket, rest } = await echo();
  const reader = new WebSocketMessageReader({ isMasked: false });
  const heard: WebSocketMessage[] = [...reader.push(rest)];
  for (const bytes of said) socket.write(bytes);
  while (heard.length < count) heard.push(...reader.push(await chunkOf(socket)));
  return heard;
}

describe('a ws server', () => {
  it('answers our key as we expect', async () => {
    const { head } = await echo();
    expect(head).toContain(`Sec-WebSocket-Accept: ${acceptOf(key)}`);
  });

  it('reads what we write, and writes what we read', async () => {
    const long = Buffer.alloc(70_000, 'é');
    const heard = await answers(
      [
        writeFrame({ kind: 'text', payload: Buffer.from('hé'), mask }, { fin: false }),
        writeFrame({ kind: 'ping', payload: Buffer.from('p'), mask }),
        writeFrame({ kind: 'continuation', payload: Buffer.from('llo'), mask }),
        writeFrame({ kind: 'text', payload: long, mask }),
        writeFrame({ kind: 'close', payload: writeClose(3000, 'bye'), mask }),
      ],
      4,
    );
    expect(heard.map(({ kind }) => kind)).toEqual(['pong', 'text', 'text', 'close']);
    expect(heard.at(1)?.text).toBe('héllo');
    expect(heard.at(2)?.payload.length).toBe(long.length);
    expect(heard.at(3)?.code).toBe(3000);
    expect(heard.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each([
    ['a frame that is not masked', writeFrame({ kind: 'text', payload: mask, mask: null }), 1002],
    ['a reserved bit', writeFrame({ kind: 'text', payload: mask, mask }, { rsv: 4 }), 1002],
    [
      'text that is no UTF-8',
      writeFrame({ kind: 'text', payload: Uint8Array.of(0xff), mask }),
      1007,
    ],
  ])('closes on %s, as we would', async (_, bytes, code) => {
    const [closing] = await answers([bytes], 1);
    expect([closing?.kind, closing?.code]).toEqual(['close', code]);
  });
});
