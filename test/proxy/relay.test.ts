import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { courtInThread } from '#src/proxy/court-thread.ts';
import type { Told } from '#src/proxy/court.ts';
import { openProxy } from '#src/proxy/proxy.ts';
import { inClear } from '#src/proxy/relay.ts';
import type { Link } from '#src/transport/link.ts';
import { connectTcp, listenTcp } from '#src/transport/tcp.ts';
import { benchHere } from './stage.ts';

const loopback = { host: '127.0.0.1', port: 0 } as const;

/** A proxy before a server that does what it is told. */
async function stage(
  serve: (link: Link) => void,
  { protocol = qosst, dialect = protocol.defaultDialect, sessions = null }: Partial<Stage> = {},
) {
  await using held = new AsyncDisposableStack();
  const server = held.use(await listenTcp(loopback, serve));
  const told: Told[] = [];
  const bench = benchHere(protocol, { dialect, isVerbose: false }, (one) => told.push(one));
  const proxy = await openProxy(
    {
      protocol,
      settings: settingsFor(protocol, { dialect }),
      listen: [loopback],
      targets: [server],
      back: { listen: [], targets: [] },
      credentials: inClear,
      script: null,
      sessions,
      signal: new AbortController().signal,
    },
    { bench, refused: () => {} },
  );
  held.defer(() => proxy.end());
  const ours = held.move();
  const [place = loopback] = proxy.places;
  return {
    place,
    told,
    proxy,
    traces: bench.traces,
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
  };
}

interface Stage {
  readonly protocol: typeof qosst | typeof kmip;
  readonly dialect: string;
  readonly sessions: number | null;
}

const text = (said: string) => Buffer.from(said, 'latin1');

describe('what a proxy passes on', () => {
  it('is also a half-closed connection: whoever has ended still hears', async () => {
    await using staged = await stage(async (link) => {
      const heard: string[] = [];
      for (;;) {
        const arrival = await link.read(3000);
        if (arrival.kind !== 'bytes') break;
        heard.push(Buffer.from(arrival.bytes).toString());
      }
      link.write(text(`heard ${heard.join('')}`));
      link.end();
    });
    await using client = await connectTcp(staged.place, 1000);
    client.write(text('all of it'));
    client.end();
    expect(await client.read(3000)).toEqual({ kind: 'bytes', bytes: text('heard all of it') });
    expect(await client.read(3000)).toEqual({ kind: 'closed', how: 'end' });
  });

  it('is a reset of the client, as a reset', async () => {
    const ended = Promise.withResolvers<unknown>();
    await using staged = await stage(async (link) => {
      await link.read(3000);
      ended.resolve(await link.read(3000));
    });
    await using client = await connectTcp(staged.place, 1000);
    client.write(text('x'));
    await systemClock.sleep(50);
    client.reset();
    expect(await ended.promise).toEqual({ kind: 'closed', how: 'reset' });
  });

  it('is a reset of the server, as a reset', async () => {
    await using staged = await stage(async (link) => {
      await link.read(3000);
      link.reset();
    });
    await using client = await connectTcp(staged.place, 1000);
    client.write(text('x'));
    expect(await client.read(3000)).toEqual({ kind: 'closed', how: 'reset' });
  });

  it('waits for a peer that reads slowly', async () => {
    let lazy: Socket | null = null;
    const server = createServer((socket) => {
      lazy = socket.pause();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port }: AddressInfo = Object(server.address());
    const told: Told[] = [];
    await using proxy = await open(port, told);
    await using client = await connectTcp(proxy.place, 1000);
    const piece = new Uint8Array(1024 * 1024).fill(255);
    let sent = 0;
    let isWaiting = false;
    for (; !isWaiting && sent < 120; sent += 1) {
      client.write(piece);
      const room = client.room?.()?.then(() => false) ?? false;
      isWaiting = await Promise.race([room, later(400)]);
    }
    expect(isWaiting).toBe(true);
    Object(lazy).destroy();
    await new Promise((done) => server.close(done));
  });
});

const later = async (ms: number) => {
  await systemClock.sleep(ms);
  return true;
};

async function open(port: number, told: Told[]) {
  const bench = benchHere(qosst, { isVerbose: false }, (one) => told.push(one));
  const proxy = await openProxy(
    {
      protocol: qosst,
      settings: settingsFor(qosst),
      listen: [loopback],
      targets: [{ host: '127.0.0.1', port }],
      back: { listen: [], targets: [] },
      credentials: inClear,
      script: null,
      sessions: null,
      signal: new AbortController().signal,
    },
    { bench, refused: () => {} },
  );
  const [place = loopback] = proxy.places;
  return { place, [Symbol.asyncDispose]: () => proxy.end() };
}

describe('sessions', () => {
  it('go on over another connection where a server ends each behind its answer', async () => {
    const answer = text(
      'HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
    const request = text('POST /kmip HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const options = { protocol: kmip, dialect: 'kmip/json', sessions: 1 };
    await using staged = await stage(async (link) => {
      await link.read(3000);
      link.write(answer);
      link.end();
    }, options);
    for (let turn = 0; turn < 3; turn += 1) {
      await using client = await connectTcp(staged.place, 1000);
      client.write(request);
      expect((await client.read(3000)).kind).toBe('bytes');
      expect((await client.read(3000)).kind).toBe('closed');
      client.end();
    }
    await staged.proxy.done;
    const kinds = staged.traces['client']?.events.map(({ kind }) => kind);
    expect(kinds?.filter((kind) => kind === 'opened')).toHaveLength(1);
    expect(kinds?.filter((kind) => kind === 'sent')).toHaveLength(3);
    expect(kinds?.at(-1)).toBe('closed');
  });

  it('do not count where nothing is said', async () => {
    let came = 0;
    const count = () => {
      came += 1;
    };
    await using staged = await stage(count, { sessions: 1 });
    await (await connectTcp(staged.place, 1000))[Symbol.asyncDispose]();
    await systemClock.sleep(100);
    await using client = await connectTcp(staged.place, 1000);
    client.write(text('x'));
    await systemClock.sleep(50);
    expect(came).toBe(2);
  });

  it('are judged up to a limit of bytes, and say so', async () => {
    const told: Told[] = [];
    const bench = benchHere(qosst, { isVerbose: false }, (one) => told.push(one));
    bench.hear({ kind: 'begun', session: 1, between: '', beganMs: 0 });
    const identification = qosst.compose({ message: 'identificationRequest' }, 'bob', {
      position: chartOf(qosst.model.session).initial(qosst.sessionInput(settingsFor(qosst))),
      settings: settingsFor(qosst),
      random: seededRandom(1),
    });
    const many = new Uint8Array(65 * 2 ** 20);
    const bytes = [identification.bytes, many].map(
      (one) => ({ kind: 'bytes', by: 'client', seen: 'both', bytes: one, atMs: 1 }) as const,
    );
    const passages = [{ kind: 'opened', atMs: 0 } as const, ...bytes];
    bench.hear({ kind: 'passed', session: 1, passages });
    bench.hear({ kind: 'over', session: 1, nowMs: 5 });
    expect(bench.traces['bob']?.events).toHaveLength(2);
    const [judged] = told.filter((one) => one.kind === 'judged');
    expect(judged?.results[0]?.explanation).toBe('judged up to the first 64 MiB of the session');
  });
});

describe('judges that fail', () => {
  it('are told at once, and to whoever waits for them', async () => {
    const entry = new URL('data:text/javascript,throw new Error("no judge")');
    const plan = { protocol: 'qosst', dialect: '', options: {}, readings: {}, folder: null };
    const patience = { replyMs: null, replyMsAfter: {} };
    await using bench = courtInThread(entry, { ...plan, patience, isVerbose: false }, () => {});
    await expect(bench.failed).rejects.toThrow('no judge');
    await expect(bench.settled()).rejects.toThrow('no judge');
  });
});
