import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { host } from '#src/play/host.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Listener } from '#src/transport/link.ts';
import { profileOf, run } from './plan.ts';

/** Longest time that one run against a hostile target may take. */
const limitMs = 26_000;

/** What a target does with a connection instead of speaking the protocol. */
const targets: Readonly<Record<string, (socket: Socket) => void>> = {
  hangs: () => {},
  'resets at once': (socket) => void socket.resetAndDestroy(),
  'closes at once': (socket) => void socket.destroy(),
  'ends its half at once': (socket) => void socket.end(),
  'resets when it is asked': (socket) => void socket.once('data', () => socket.resetAndDestroy()),
  'speaks HTTP': (socket) =>
    void socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
  'speaks TLS': (socket) =>
    void socket.once('data', () => socket.write(Buffer.from('15030100020246', 'hex'))),
  echoes: (socket) => void socket.pipe(socket),
  floods: (socket) => {
    const chunk = Buffer.alloc(65_536, 0x41);
    const pour = () => {
      while (!socket.destroyed) if (!socket.write(chunk)) return void socket.once('drain', pour);
    };
    pour();
  },
  'floods with small frames': (socket) => {
    const chunk = Buffer.alloc(65_536);
    const pour = () => {
      while (!socket.destroyed) if (!socket.write(chunk)) return void socket.once('drain', pour);
    };
    socket.once('data', pour);
  },
  'announces a frame of 16 MiB and sends one byte': (socket) => {
    const header = Buffer.from(
      '{"code": 101, "content_length": 16777215, "challenge": "", "next_challenge": "x"}',
    );
    const fixed = Buffer.from([0, header.length, 0, 32]);
    const frame = Buffer.concat([fixed, Buffer.alloc(32), header, Buffer.of(0x7b)]);
    socket.once('data', () => socket.write(frame));
  },
  'sends one byte at a time': (socket) => {
    const timer = setInterval(() => socket.write(Uint8Array.of(0)), 40);
    socket.once('close', () => clearInterval(timer));
  },
};

/** Those that do not make a calibrated run wait for its longest limit. */
const quick = ['closes at once', 'resets when it is asked', 'floods'];
/** What they say are frames of the protocol, which is for the cases to judge. */
const mute = Object.entries(targets).filter(([name]) => name !== 'echoes');

const servers: Server[] = [];
const hosts: Listener[] = [];
const open = new Set<Socket>();

afterEach(async () => {
  for (const socket of open) socket.destroy();
  for (const listener of hosts.splice(0)) await listener[Symbol.asyncDispose]();
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

describe('a run against a target that', () => {
  it.each(mute)('%s is exit 3, at once and without a verdict', async (_, serve) => {
    const port = await listening(serve);
    const { report, tookMs } = await run({ profile: profileOf(at(port)) });
    expect(report.exit.exitCode, report.exit.because).toBe(3);
    expect(report.results).toEqual([]);
    expect(tookMs).toBeLessThan(limitMs);
    await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
  });

  it.each(Object.entries(targets).filter(([name]) => quick.includes(name)))(
    '%s is exit 3 where answers must be calibrated, too',
    async (_, serve) => {
      const port = await listening(serve);
      const { report } = await run({ profile: profileOf(at(port), { replyMs: null }) });
      expect(report.exit.exitCode, report.exit.because).toBe(3);
      await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
    },
  );

  it.each(Object.entries(targets))(
    'greets, and then %s, ends within its limits',
    async (_, serve) => {
      const port = await greetingOnce(serve);
      const { report, tookMs } = await run({ profile: profileOf(at(port)) });
      expect([1, 3, 4], report.exit.because).toContain(report.exit.exitCode);
      expect(report.summary.error).toBe(0);
      expect(report.summary.pass).toBe(0);
      expect(tookMs).toBeLessThan(limitMs);
      await expect.poll(() => open.size, { timeout: 3000 }).toBe(0);
    },
  );

  it('refuses connections is exit 3', async () => {
    const { report, tookMs } = await run({ profile: profileOf(at(1)) });
    expect(report.exit.exitCode).toBe(3);
    expect(report.results).toEqual([]);
    expect(report.exit.because).toContain('127.0.0.1:1');
    expect(tookMs).toBeLessThan(3000);
  });

  it('is no host at all is exit 3', async () => {
    const target = { kind: 'address', host: 'no-such-host.invalid', port: 8181 } as const;
    expect((await run({ profile: profileOf(target) })).report.exit.exitCode).toBe(3);
  });
});

/** Speaks the protocol on its first connection, and does something else on all others. */
async function greetingOnce(serve: (socket: Socket) => void): Promise<number> {
  const { port } = await hostReference();
  let greeted = false;
  return listening((socket) => {
    if (greeted) return serve(socket);
    greeted = true;
    const inner = connect(port, '127.0.0.1');
    inner.on('error', () => socket.destroy());
    socket.once('close', () => inner.destroy());
    socket.pipe(inner).pipe(socket);
  });
}

async function hostReference(): Promise<Listener> {
  const record = qosst.sides['alice'];
  if (record === undefined) throw new Error('no Alice');
  const settings = settingsFor(qosst);
  const random = seededRandom(1);
  const casting = { protocol: qosst, record, side: 'alice', settings, random, idleMs: 5000 };
  const listener = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
  hosts.push(listener);
  return listener;
}

async function listening(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => {});
    socket.resume();
    serve(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return isAddress(bound) ? bound.port : 0;
}

function at(port: number) {
  return { kind: 'address', host: '127.0.0.1', port } as const;
}

function isAddress(bound: string | AddressInfo | null): bound is AddressInfo {
  return typeof bound === 'object' && bound !== null;
}
