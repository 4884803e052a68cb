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

async function served(kmsUrl: string | null, idleMs = 60_000) {
  const record = etsi004.sides['qkd-device'];
  if (record === undefined) throw new TypeError('no reference device');
  const casting = {
    protocol: etsi004,
    record,
    side: 'qkd-device',
    settings: settingsFor(etsi004, { options: kmsUrl === null ? {} : { kmsUrl } }),
    random: seededRandom(4),
    idleMs,
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

/** Opens a stream at both ends and asks for its keys; its id. */
async function openedAt(ends: readonly [number, number], source: string): Promise<string> {
  const [a, b] = ends;
  const content = { ...asked, source, destination: source };
  const first = await called(a, openConnect.method, openConnect.path, content);
  expect(first).toMatchObject({ code: 201, content: { status: 1 } });
  const key_stream_id = String(Reflect.get(Object(first.content), 'key_stream_id'));
  const named = { ...content, key_stream_id };
  const second = await called(b, openConnect.method, openConnect.path, named);
  expect(second).toMatchObject({ code: 201, content: { status: 0, key_stream_id } });
  for (const port of ends) {
    const got = await called(port, getKey.method, getKey.path, { key_stream_id });
    expect(got).toMatchObject({ code: 205, content: { status: 0 } });
  }
  return key_stream_id;
}

/** The streams whose keys were pushed. */
function streamsOf({ pushed }: { readonly pushed: readonly unknown[] }): ReadonlySet<string> {
  return new Set(pushed.map(named));
}

describe('the QKD device that is served for long', () => {
  it('serves the tenth stream like the first, all at once, each to its KMS', async () => {
    await using kms = await listeningKms();
    await using other = await listeningKms();
    const { listener, faults, ends } = await served(null);
    await using _ = listener;
    const ids: string[] = [];
    for (let stream = 0; stream < 10; stream += 1) {
      ids.push(await openedAt(ends, stream % 2 === 0 ? kms.url : other.url));
    }
    await until(() => streamsOf(kms).size === 5 && streamsOf(other).size === 5);
    expect(streamsOf(kms)).toEqual(new Set(ids.filter((_id, index) => index % 2 === 0)));
    for (const key_stream_id of ids) {
      for (const port of ends) {
        expect((await called(port, close.method, close.path, { key_stream_id })).code).toBe(204);
      }
    }
    const again = { ...asked, key_stream_id: ids[9] };
    expect((await called(ends[0], getKey.method, getKey.path, again)).code).toBe(400);
    expect(faults).toEqual([]);
  });

  it('refuses the stream that one caller closed, while others are served', async () => {
    await using kms = await listeningKms();
    const { listener, ends } = await served(kms.url);
    await using _ = listener;
    const ids = [];
    for (let stream = 0; stream < 3; stream += 1) ids.push(await openedAt(ends, kms.url));
    const [first, , third] = ids;
    for (const port of ends) {
      const content = { key_stream_id: first };
      expect((await called(port, close.method, close.path, content)).code).toBe(204);
    }
    expect((await called(ends[0], getKey.method, getKey.path, { key_stream_id: first })).code).toBe(
      400,
    );
    const before = kms.pushed.length;
    await until(() => kms.pushed.slice(before).some((push) => named(push) === third));
  });

  it('lets a stream go whose callers went away, and serves on', async () => {
    const { listener, faults, ends } = await served('http://127.0.0.1:9', 400);
    await using _ = listener;
    const id = await openedAt(ends, 'http://127.0.0.1:9');
    await until(async () => {
      await new Promise((done) => setTimeout(done, 500));
      const content = { key_stream_id: id };
      return (await called(ends[0], close.method, close.path, content)).code === 400;
    });
    await openedAt(ends, 'http://127.0.0.1:9');
    expect(faults).toEqual([]);
  });
});

function named(push: unknown): string {
  const { metadata } = Object(push);
  return String(metadata.buffer.key_stream_id);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await holds()); turn += 1) {
    if (turn > 400) throw new Error('it never came');
    await new Promise((done) => setTimeout(done, 10));
  }
}
