import { once } from 'node:events';
import http, { createServer, type Server } from 'node:http';
import { http as rest, HttpResponse, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { qkdDevice, type Push, type QkdDevice, type QkdDeviceOptions } from 'qkdspec/msw';
import { requirements } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { call, KmsClient } from './kms-client.ts';

const a = 'http://qkd-a.test';
const b = 'http://qkd-b.test:8004';
const ends = { source: 'http://kms-a.test', destination: 'http://kms-b.test:81' };
const pushPath = '/api/v1/qkd/etsi004/key-material';

const worker = setupServer();
beforeAll(() => worker.listen({ onUnhandledFrame: 'error' }));
afterEach(() => worker.resetHandlers());
afterAll(() => worker.close());

/** A device whose handlers are in force. */
function device(chosen: QkdDeviceOptions = {}): QkdDevice {
  const made = qkdDevice({ baseUrl: a, pushLimitMs: 2000, ...chosen });
  worker.use(...made.handlers);
  return made;
}

/** A key store: what was pushed at each end, and a wait until there are so many. */
class Store {
  readonly keys: { readonly at: string; readonly index: unknown; readonly key: unknown }[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  async put(at: string, request: Request): Promise<Response> {
    this.keep(at, await request.text());
    return HttpResponse.json({ status: 0 }, { status: 201 });
  }

  keep(at: string, text: string): void {
    const { index, key_buffer: key }: { index: unknown; key_buffer: unknown } = JSON.parse(text);
    this.keys.push({ at, index, key });
    for (const { count, resolve } of this.#waiting) if (this.keys.length >= count) resolve();
  }

  holds(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.keys.length >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }

  at(end: string) {
    return this.keys.filter(({ at }) => at === end).map(({ index, key }) => ({ index, key }));
  }
}

/** Both KMSs as handlers of the same worker. */
function kmsHandlers(store: Store) {
  return [
    rest.post(ends.source + pushPath, ({ request }) => store.put('a', request)),
    rest.post(ends.destination + pushPath, ({ request }) => store.put('b', request)),
  ];
}

const accept = () => Response.json({ status: 0 }, { status: 201 });

/** A whole stream at both ends, as the document has it. */
async function stream(source: KmsClient, destination: KmsClient, until: Promise<void>) {
  await source.open(null);
  await destination.open(source.streamId);
  const started = await Promise.all([source.start(), destination.start()]);
  await until;
  await Promise.all([source.close(), destination.close()]);
  return started.map(({ code }) => code);
}

/** Where a server on loopback is called; it begins to listen when it is asked first. */
async function urlOf(server: Server): Promise<string> {
  if (!server.listening) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('the reference QKD device as request handlers', () => {
  it('gives both ends of a link the same keys, and a right KMS a good verdict', async () => {
    await using qkd = device({ peerUrl: b });
    const store = new Store();
    worker.use(...kmsHandlers(store));
    const kmss = [new KmsClient(a, ends), new KmsClient(b, ends)] as const;
    expect(await stream(...kmss, store.holds(8))).toEqual([205, 205]);
    const { verdict, violation } = await qkd.finish();
    expect(violation).toBeNull();
    expect(verdict).toBe('pass');
    const common = Math.min(store.at('a').length, store.at('b').length);
    expect(common).toBeGreaterThan(2);
    expect(store.at('a').slice(0, common)).toEqual(store.at('b').slice(0, common));
    expect(store.at('a').map(({ index }) => index)).toEqual(store.at('a').map((_, index) => index));
  });

  it('serves one end alone, and pushes to a server on a socket', async () => {
    await using qkd = device();
    const store = new Store();
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        store.keep('a', Buffer.concat(pieces).toString());
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"status":0}');
      });
    });
    const kms = new KmsClient(a, { ...ends, source: await urlOf(server) });
    worker.use(rest.all(`${await urlOf(server)}/*`, () => passthrough()));
    await kms.open(null);
    await kms.start();
    await store.holds(3);
    await kms.close();
    expect((await qkd.finish()).violation).toBeNull();
    await new Promise((resolve) => server.close(resolve));
  });

  it('serves as many streams as are asked for', async () => {
    const store = new Store();
    const onPush = ({ end, request }: Push) => store.put(end, request);
    await using qkd = device({ onPush });
    const kmss = Array.from({ length: 5 }, () => new KmsClient(a, ends));
    for (const kms of kmss) expect(await kms.open(null)).toMatchObject({ code: 201 });
    for (const kms of kmss) await kms.start();
    await store.holds(15);
    for (const kms of kmss) await kms.close();
    expect(new Set(kmss.map(({ streamId }) => streamId)).size).toBe(5);
    expect(new Set(store.keys.map(({ key }) => key)).size).toBe(store.keys.length);
    expect((await qkd.finish()).verdict).toBe('pass');
  });

  it('hands pushes to a function', async () => {
    const store = new Store();
    const onPush = ({ end, request }: Push) => {
      expect(request.url).toBe((end === 'a' ? ends.source : ends.destination) + pushPath);
      return store.put(end, request);
    };
    await using qkd = device({ peerUrl: b, onPush });
    await stream(new KmsClient(a, ends), new KmsClient(b, ends), store.holds(4));
    expect((await qkd.finish()).verdict).toBe('pass');
  });
});

/** What a KMS breaks that leaves a key without an answer. */
const answerOwed = [requirements.everyPushAnswered, requirements.pushAnswered];

describe('a KMS that is wrong', () => {
  it('asks for keys of a stream that it never opened: refused, and named', async () => {
    await using qkd = device();
    const kms = new KmsClient(a, ends);
    kms.streamId = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
    expect((await kms.start()).code).toBe(400);
    expect(qkd.verdict()).toMatchObject({ verdict: 'fail', violation: { kind: 'answer' } });
    expect(qkd.verdict().violation?.requirement).toBe(requirements.getKeyAfterOpen);
  });

  it('goes and leaves its stream open', async () => {
    await using qkd = device();
    await new KmsClient(a, ends).open(null);
    expect(qkd.verdict().verdict).toBe('pass');
    const { violation } = await qkd.finish();
    expect(violation?.requirement).toBe(requirements.closeBeforeLeaving);
  });

  it('names no place where keys could be pushed to', async () => {
    await using qkd = device();
    const kms = new KmsClient(a, { ...ends, source: 'urn:kms' });
    await kms.open(null);
    await kms.start();
    await expect.poll(() => qkd.verdict().verdict).toBe('fail');
    expect(answerOwed).toContain(qkd.verdict().violation?.requirement);
  });

  it.each<readonly [string, () => Response | Promise<Response>, readonly Requirement[]]>([
    [
      'with text instead of JSON',
      () => new Response('OK', { status: 201, headers: { 'content-type': 'text/plain' } }),
      [requirements.bodyIsJson],
    ],
    [
      'with a status of another kind',
      () => Response.json({ status: 'ok' }, { status: 201 }),
      [requirements.codeTellsOutcome],
    ],
    ['never', () => new Promise<Response>(() => {}), answerOwed],
    ['by breaking the connection off', () => Promise.reject(new TypeError('gone')), answerOwed],
  ])('answers keys %s', async (_, onPush, allowed) => {
    await using qkd = device({ peerUrl: b, onPush, pushLimitMs: 300 });
    const [source, destination] = [new KmsClient(a, ends), new KmsClient(b, ends)];
    await source.open(null);
    await destination.open(source.streamId);
    await source.start();
    await expect.poll(() => qkd.verdict().verdict).toBe('fail');
    expect(allowed).toContain(qkd.verdict().violation?.requirement);
  });
});

describe('what a KMS has to cope with', () => {
  it('is another quality than it asked for: status 7, and no stream', async () => {
    await using qkd = device();
    const kms = new KmsClient(a, ends);
    const { code, content } = await kms.open(null, { key_chunk_size: 1_000_000 });
    expect(code).toBe(500);
    expect(content).toMatchObject({ status: 7, qos: { key_chunk_size: 65_536 } });
    expect((await qkd.finish()).verdict).toBe('pass');
  });

  it('is a call that the device does not know', async () => {
    await using qkd = device();
    expect((await call(`${a}/api/v1/kms/etsi004/open`, 'POST', {})).code).toBe(404);
    expect((await call(`${a}/api/v1/kms/etsi004/close`, 'DELETE', {})).code).toBe(405);
    expect(qkd.verdict().verdict).toBe('fail');
  });

  it('is a device that is wrong in one place', async () => {
    const store = new Store();
    const onPush = ({ end, request }: Push) => store.put(end, request);
    await using _ = device({ peerUrl: b, onPush, mutant: 'device-keys-short' });
    await stream(new KmsClient(a, ends), new KmsClient(b, ends), store.holds(2));
    const [first] = store.keys;
    expect(Buffer.from(String(first?.key), 'base64')).toHaveLength(31);
  });

  it.each<readonly [QkdDeviceOptions, RegExp]>([
    [{ mutant: 'device-key-short' }, /did you mean 'device-keys-short'/],
    [{ readings: { getKeyMetod: 'post' } }, /did you mean 'getKeyMethod'/],
    [{ readings: { getKeyMethod: 'push' } }, /did you mean 'post'/],
    [{ options: { startindex: 7 } }, /did you mean 'startIndex'/],
  ])('is nothing that there is not: %j', (chosen, line) =>
    expect(() => qkdDevice(chosen)).toThrow(line),
  );

  it('is that the device goes', async () => {
    const qkd = device();
    await qkd.close();
    await expect(new KmsClient(a, ends).open(null)).rejects.toThrow(/network/i);
  });
});

describe('get-key under Mock Service Worker', () => {
  it('comes with its content where node:http writes it in pieces', async () => {
    await using qkd = device({ onPush: accept });
    const kms = new KmsClient(a, ends);
    await kms.open(null);
    const content = Buffer.from(JSON.stringify({ key_stream_id: kms.streamId }));
    const headers = { 'content-type': 'application/json', 'content-length': content.length };
    const asked = http.request(`${a}/api/v1/kms/etsi004/get-key`, { method: 'GET', headers });
    asked.write(content.subarray(0, 10));
    asked.write(content.toString('base64', 10, 22), 'base64');
    asked.end(content.subarray(22));
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(205);
    answer.resume();
    await kms.close();
    expect((await qkd.finish()).violation).toBeNull();
  });

  it('has none where fetch sends it as GET', async () => {
    await using qkd = device();
    const { status } = await fetch(`${a}/api/v1/kms/etsi004/get-key`);
    expect(status).toBe(400);
    expect(qkd.verdict().violation?.requirement).toBe(requirements.bodyIsJson);
  });

  it('comes by fetch where the reading says POST', async () => {
    await using qkd = device({ onPush: accept, readings: { getKeyMethod: 'post' } });
    const kms = new KmsClient(a, ends);
    await kms.open(null);
    const asked = JSON.stringify({ key_stream_id: kms.streamId, index: 0 });
    const headers = { 'content-type': 'application/json' };
    const url = `${a}/api/v1/kms/etsi004/get-key`;
    const answer = await fetch(url, { method: 'POST', headers, body: asked });
    expect([answer.status, await answer.text()]).toEqual([205, '']);
    await kms.close();
    expect((await qkd.finish()).violation).toBeNull();
  });
});
