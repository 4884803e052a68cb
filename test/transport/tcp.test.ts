import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Link } from '#src/transport/link.ts';
import { connectTcp, listenTcp } from '#src/transport/tcp.ts';

const loopback = { host: '127.0.0.1', port: 0 } as const;

describe('connecting over TCP', () => {
  it('is refused where nobody listens, and says where', async () => {
    await expect(connectTcp({ host: '127.0.0.1', port: 1 }, 1000)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });

  it('is unreachable where the name is no host', async () => {
    const nowhere = connectTcp({ host: 'no-such-host.invalid', port: 1 }, 5000);
    await expect(nowhere).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('listening over TCP', () => {
  it('is a wrong use where the address is taken', async () => {
    await using listener = await listenTcp(loopback, () => {});
    const again = listenTcp({ host: listener.host, port: listener.port }, () => {});
    await expect(again).rejects.toMatchObject({ code: 'usage' });
  });

  it('ends every connection when it is disposed', async () => {
    const come = Promise.withResolvers<Link>();
    const listener = await listenTcp(loopback, come.resolve);
    await using near = await connectTcp(listener, 1000);
    await come.promise;
    await listener[Symbol.asyncDispose]();
    expect((await near.read(1000)).kind).toBe('closed');
  });
});

describe('a peer that floods', () => {
  it('is made to wait once 32 MiB are unread', async () => {
    let sentBytes = 0;
    const chunk = Buffer.alloc(2 ** 20);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      const pour = () => {
        while (sentBytes < 2 ** 28 && !socket.destroyed) {
          sentBytes += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', pour);
        }
      };
      pour();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    const port = isAddress(bound) ? bound.port : 0;
    const link = await connectTcp({ host: '127.0.0.1', port }, 1000);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const held = sentBytes;
    expect(held).toBeGreaterThan(2 ** 24);
    expect(held).toBeLessThan(2 ** 27);
    for (let reads = 0; reads < 20_000 && sentBytes === held; reads += 1) await link.read(100);
    expect(sentBytes).toBeGreaterThan(held);
    await link[Symbol.asyncDispose]();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a reset right after an end', () => {
  it('leaves no socket behind', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
    const before = sockets().length;
    const listener = await listenTcp(loopback, (far) => void far[Symbol.asyncDispose]());
    for (let times = 0; times < 5; times += 1) {
      const link = await connectTcp(listener, 1000);
      link.end();
      link.reset();
      await link[Symbol.asyncDispose]();
    }
    await listener[Symbol.asyncDispose]();
    await expect.poll(() => sockets().length, { timeout: 3000 }).toBeLessThanOrEqual(before);
  });
});

describe('a peer that resets', () => {
  it('while we write does not make us throw', async () => {
    const come = Promise.withResolvers<Link>();
    await using listener = await listenTcp(loopback, come.resolve);
    const socket = connect(listener.port, listener.host);
    const link = await come.promise;
    socket.resetAndDestroy();
    for (let writes = 0; writes < 50; writes += 1) {
      link.write(Buffer.alloc(65_536));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await link.read(1000)).toEqual({ kind: 'closed', how: 'reset' });
    await link[Symbol.asyncDispose]();
  });
});

function isAddress(bound: string | AddressInfo | null): bound is AddressInfo {
  return typeof bound === 'object' && bound !== null;
}
