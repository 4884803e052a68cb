import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { messages } from '#models/etsi-004/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { host } from '#src/play/host.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';

/** A KMS of Node's own: it counts what is pushed. */
async function listeningKms() {
  const pushed: unknown[] = [];
  const server = createServer((call, answer) => {
    void textOf(call).then((text) => {
      pushed.push(JSON.parse(text));
      answer.writeHead(201, { 'content-type': 'application/json' }).end('{"status":0}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound: AddressInfo | string | null = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    pushed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

/** One call by Node's own client, as a developer's KMS makes it. */
function called(port: number, method: string, path: string, content: unknown) {
  return new Promise<{ code: number | undefined; content: unknown }>((resolve, reject) => {
    const body = Buffer.from(JSON.stringify(content));
    /** Of a GET Node does not say by itself how long its content is. */
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const call = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      void textOf(answer).then((text) =>
        resolve({ code: answer.statusCode, content: text === '' ? null : JSON.parse(text) }),
      );
    });
    call.on('error', reject).end(body);
  });
}

async function served(kmsUrl: string) {
  const record = etsi004.sides['qkd-device'];
  if (record === undefined) throw new TypeError('no reference device');
  const casting = {
    protocol: etsi004,
    record,
    side: 'qkd-device',
    settings: settingsFor(etsi004, { options: { kmsUrl } }),
    random: seededRandom(4),
    idleMs: 1000,
  };
  const faults: unknown[] = [];
  const listener = await host(casting, { host: '127.0.0.1', port: 0 }, (one) => faults.push(one));
  return { listener, faults, ends: [listener.port, listener.further[0]?.port ?? 0] as const };
}

const { openConnect, getKey, close } = messages;
const asked = { ...openConnect.example, qos: { key_chunk_size: 16, max_bps: 12_800 } };

describe('the QKD device that is served, by the clients and servers of Node', () => {
  it('opens a stream at both ends, pushes its keys, and stops at close', async () => {
    await using kms = await listeningKms();
    const { listener, faults, ends } = await served(kms.url);
    await using _ = listener;
    const [a, b] = ends;
    const source = await called(a, openConnect.method, openConnect.path, asked);
    expect(source).toMatchObject({
      code: 201,
      content: { status: 1, qos: { key_chunk_size: 16 } },
    });
    const named = { key_stream_id: Reflect.get(Object(source.content), 'key_stream_id') };
    const destination = { ...asked, ...named };
    expect(await called(b, openConnect.method, openConnect.path, destination)).toMatchObject({
      code: 201,
      content: { status: 0, ...named },
    });
    for (const port of ends) {
      const accepted = await called(port, getKey.method, getKey.path, named);
      expect(accepted).toMatchObject({ code: 205, content: { status: 0 } });
    }
    await until(() => kms.pushed.length >= 8);
    for (const port of ends) {
      expect(await called(port, close.method, close.path, named)).toMatchObject({ code: 204 });
    }
    const before = kms.pushed.length;
    await new Promise((done) => setTimeout(done, 200));
    expect(kms.pushed.length - before).toBeLessThanOrEqual(1);
    const indices = kms.pushed.map((push) => Reflect.get(Object(push), 'index'));
    expect(indices.toSorted()).toEqual(indices.map((_, at) => Math.floor(at / 2)).toSorted());
    expect(faults).toEqual([]);
  });

  it('refuses what is wrong, and goes on', async () => {
    const { listener, ends } = await served('http://127.0.0.1:9');
    await using _ = listener;
    const [a] = ends;
    expect((await called(a, 'PUT', openConnect.path, asked)).code).toBe(405);
    expect((await called(a, 'POST', '/nowhere', asked)).code).toBe(404);
    expect((await called(a, 'POST', openConnect.path, {})).code).toBe(400);
    expect((await called(a, 'POST', openConnect.path, asked)).code).toBe(201);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn += 1) {
    if (turn > 400) throw new Error('it never came');
    await new Promise((done) => setTimeout(done, 10));
  }
}
