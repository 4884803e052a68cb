import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bundleAsCaller, bundleAsServer } from '#src/transport/bundle.ts';
import type { Link } from '#src/transport/link.ts';
import { connectTcp, listenTcp, type Address } from '#src/transport/tcp.ts';
import { readBytes } from './links.ts';
import { bundlePair, Ear, loopback, plan, record } from './bundle-ends.ts';

describe('a bundle of connections', () => {
  it('carries two connections interleaved, both ways', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0', 'first '));
    pair.caller.write(record('data', 'a1', 'second '));
    pair.caller.write(record('data', 'a0', 'more'));
    pair.caller.write(record('data', 'a1', 'much more'));
    await server.until(() => text(server) === 26);
    const names = ['a0', 'a1'].sort((left, right) =>
      server.text(left).localeCompare(server.text(right)),
    );
    expect(names.map((name) => server.text(name))).toEqual(['first more', 'second much more']);
    for (const name of names) pair.server.write(record('data', name, server.text(name)));
    await caller.until(() => text(caller) === 26);
    expect(caller.text('a0')).toBe('first more');
    expect(caller.text('a1')).toBe('second much more');
  });

  it('tells its two ends apart, in calls and in pushes', async () => {
    await using pair = await bundlePair(2);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'b0', 'to b'));
    pair.caller.write(record('data', 'a0', 'to a'));
    pair.server.write(record('data', 'b0p', 'from b'));
    pair.server.write(record('data', 'a0p', 'from a'));
    await server.until(() => text(server) === 8);
    await caller.until(() => text(caller) === 12);
    expect([server.text('a0'), server.text('b0')]).toEqual(['to a', 'to b']);
    expect([caller.text('a0p'), caller.text('b0p')]).toEqual(['from a', 'from b']);
  });

  it('brings pushes and what answers them', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.server.write(record('data', 'a0p', 'push'));
    await caller.until(() => caller.text('a0p') === 'push');
    pair.caller.write(record('data', 'a0p', 'thanks'));
    await server.until(() => server.text('a0p') === 'thanks');
    expect(pair.caller.pushAt).toEqual([{ host: '127.0.0.1', port: expect.any(Number) }]);
  });

  it('tells a reset of one connection, and goes on with the other', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0', 'x'));
    await server.until(() => server.text('a0') === 'x');
    pair.caller.write(record('data', 'a1', 'y'));
    await server.until(() => server.text('a1') === 'y');
    pair.caller.write(record('reset', 'a0'));
    await server.until(() => server.ending('a0') !== null);
    expect(server.ending('a0')).toBe('reset');
    pair.server.write(record('data', 'a1', 'still there'));
    await caller.until(() => caller.text('a1') === 'still there');
    expect(caller.ending('a0')).toBeNull();
  });

  it('tells of a connection that is refused, as a reset', async () => {
    const gone = await listenTcp(loopback, () => {});
    await gone[Symbol.asyncDispose]();
    await using caller = await bundleAsCaller({ ends: [gone], pushAt: [] }, plan);
    const ear = new Ear(caller);
    caller.write(record('data', 'a0', 'anybody?'));
    await ear.until(() => ear.ending('a0') !== null);
    expect(ear.ending('a0')).toBe('reset');
    expect(ear.heard).toHaveLength(1);
    expect(caller.pushAt).toEqual([]);
  });

  it('tells of a push that has nowhere to go, and of an end that is none, as a reset', async () => {
    await using server = await bundleAsServer({ listen: [loopback], push: () => null }, plan);
    const ear = new Ear(server);
    server.write(record('data', 'b0p', 'key'));
    await ear.until(() => ear.ending('b0p') === 'reset');
    expect(ear.heard).toHaveLength(1);
  });

  it('opens a push to where the session routes it, once', async () => {
    const came: string[] = [];
    await using place = await listenTcp(loopback, (link) => {
      void link.read(2000).then(({ kind }) => came.push(kind));
    });
    const push = (_: 0 | 1, route: Address | null) => route;
    await using server = await bundleAsServer({ listen: [loopback], push }, plan);
    const ear = new Ear(server);
    server.write(record('route', 'a0p', `127.0.0.1:${place.port}`));
    server.write(record('data', 'a0p', 'key'));
    server.write(record('data', 'a1p', 'key'));
    await ear.until(() => ear.ending('a1p') === 'reset');
    for (let turn = 0; came.length === 0 && turn < 200; turn += 1) {
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(came).toEqual(['bytes']);
    expect(ear.ending('a0p')).toBeNull();
  });

  it('uses the connection that was opened before for its first call at end a', async () => {
    const links: Link[] = [];
    await using listener = await listenTcp(loopback, (link) => links.push(link));
    const first = await connectTcp(listener, 1000);
    const ends = [listener, listener];
    await using caller = await bundleAsCaller({ ends, pushAt: [], first }, plan);
    caller.write(record('data', 'b0', 'to b'));
    caller.write(record('data', 'a0', 'to a'));
    caller.write(record('data', 'a1', 'again'));
    for (let turn = 0; links.length < 3 && turn < 200; turn += 1) {
      await new Promise((done) => setTimeout(done, 10));
    }
    const [opened] = links;
    if (opened === undefined) throw new Error('nobody came');
    expect((await readBytes(opened, 4)).toString()).toBe('to a');
    expect(links).toHaveLength(3);
  });

  it('still brings the answer on a connection that was only half closed', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0', 'last'));
    pair.caller.write(record('ended', 'a0'));
    await server.until(() => server.ending('a0') === 'ended');
    expect(server.text('a0')).toBe('last');
    pair.server.write(record('data', 'a0', 'answer'));
    pair.server.write(record('ended', 'a0'));
    await caller.until(() => caller.ending('a0') !== null);
    expect([caller.text('a0'), caller.ending('a0')]).toEqual(['answer', 'ended']);
  });

  it('opens a connection for a record without bytes, and no ended one anew', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0'));
    pair.caller.write(record('ended', 'a0'));
    await server.until(() => server.ending('a0') === 'ended');
    pair.server.write(record('ended', 'a0'));
    await caller.until(() => caller.ending('a0') === 'ended');
    pair.caller.write(record('data', 'a0', 'again'));
    pair.caller.write(record('data', 'a1', 'other'));
    await server.until(() => server.text('a1') === 'other');
    expect(server.heard).toHaveLength(2);
  });

  it('carries 1,000 small messages in any cut', async () => {
    await using pair = await bundlePair(1);
    const server = new Ear(pair.server);
    const lines = Array.from({ length: 1000 }, (_, index) => `message ${index}\n`);
    const stream = Buffer.concat(lines.map((line) => record('data', 'a0', line)));
    for (let at = 0, size = 1; at < stream.length; size = (size * 7) % 61) {
      pair.caller.write(stream.subarray(at, at + size));
      at += size;
    }
    const wanted = lines.join('');
    await server.until(() => text(server) >= wanted.length);
    expect(server.text('a0')).toBe(wanted);
  });

  it('carries 8 MiB unchanged while nobody reads the other way', async () => {
    await using pair = await bundlePair(1);
    const server = new Ear(pair.server);
    const much = 'abcdefgh'.repeat(2 ** 20);
    pair.caller.write(record('data', 'a0', much));
    await server.until(() => text(server) === much.length);
    expect(server.text('a0') === much).toBe(true);
  });

  it('tells silence where nothing comes', async () => {
    await using pair = await bundlePair(1);
    expect(await pair.caller.read(30)).toEqual({ kind: 'silence', waitedMs: 30 });
  });

  it('resets the connection beyond the thousandth', async () => {
    await using pair = await bundlePair(1);
    const caller = new Ear(pair.caller);
    for (let index = 0; index < 1025; index += 1) pair.caller.write(record('data', `a${index}`));
    await caller.until(() => caller.ending('a1024') === 'reset');
    expect(caller.heard).toHaveLength(1);
  });

  it('also resets one that comes in beyond the thousandth', async () => {
    await using pair = await bundlePair(1);
    const server = new Ear(pair.server);
    for (let index = 0; index < 1024; index += 1) {
      pair.caller.write(record('data', `a${index}`, 'x'));
      if (index % 128 === 127) await server.until(() => text(server) === index + 1);
    }
    const ends = pair.server.listening;
    await using late = await bundleAsCaller({ ends, pushAt: [] }, plan);
    const ear = new Ear(late);
    late.write(record('data', 'a0'));
    await ear.until(() => ear.ending('a0') !== null);
    expect(ear.ending('a0')).toBe('reset');
  });

  it('refuses bytes that are no record, and an address that is taken', async () => {
    await using pair = await bundlePair(1);
    expect(() => pair.caller.write(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
    const [taken = loopback] = pair.server.listening;
    const again = bundleAsServer({ listen: [loopback, taken], push: () => null }, plan);
    await expect(again).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('ending a bundle', () => {
  it('gently, brings what is under way before it is closed', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0', 'bye'));
    pair.caller.end();
    await server.until(() => server.ending('a0') === 'ended');
    expect(server.text('a0')).toBe('bye');
    pair.server.write(record('data', 'a0', 'good bye'));
    pair.server.write(record('ended', 'a0'));
    await caller.until(() => caller.ending('a0') === 'ended');
    expect(caller.text('a0')).toBe('good bye');
    expect(await pair.caller.read(1000)).toEqual({ kind: 'closed', how: 'end' });
  });

  it('gently, takes no connection in any more', async () => {
    await using pair = await bundlePair(1);
    const server = new Ear(pair.server);
    pair.caller.write(record('data', 'a0', 'x'));
    await server.until(() => server.text('a0') === 'x');
    pair.caller.end();
    pair.server.write(record('data', 'a0p', 'push'));
    await server.until(() => server.ending('a0p') !== null);
    expect(server.ending('a0p')).toBe('reset');
  });

  it('hard, resets every connection, also those that came in', async () => {
    await using pair = await bundlePair(1);
    const [caller, server] = [new Ear(pair.caller), new Ear(pair.server)];
    pair.caller.write(record('data', 'a0', 'x'));
    pair.server.write(record('data', 'a0p', 'y'));
    await server.until(() => server.text('a0') === 'x');
    await caller.until(() => caller.text('a0p') === 'y');
    pair.caller.reset();
    await server.until(() => server.ending('a0') !== null && server.ending('a0p') !== null);
    expect([server.ending('a0'), server.ending('a0p')]).toEqual(['reset', 'reset']);
    expect(await pair.caller.read(1000)).toMatchObject({ kind: 'closed' });
  });

  it('leaves no socket, no listener and no timer behind', async () => {
    const handles = () =>
      process.getActiveResourcesInfo().filter((name) => /^TCP|^Timeout/.test(name)).length;
    const before = handles();
    for (let times = 0; times < 3; times += 1) {
      const pair = await bundlePair(2);
      const server = new Ear(pair.server);
      for (const name of ['a0', 'b0', 'a1']) pair.caller.write(record('data', name, name));
      pair.server.write(record('data', 'b0p', 'push'));
      await server.until(() => text(server) === 6);
      pair.caller.write(record('data', 'a7', 'still being opened'));
      const read = pair.caller.read(1000);
      await pair[Symbol.asyncDispose]();
      await pair.caller[Symbol.asyncDispose]();
      expect((await read).kind).not.toBe('silence');
    }
    await expect.poll(handles, { timeout: 3000 }).toBeLessThanOrEqual(before);
  });

  it('frees its ports', async () => {
    const pair = await bundlePair(1);
    const [place = loopback] = pair.server.listening;
    await pair[Symbol.asyncDispose]();
    await expect(connectTcp(place, 1000)).rejects.toMatchObject({ code: 'unreachable' });
    await using again = await listenTcp(place, () => {});
    expect(again.port).toBe(place.port);
  });
});

describe('a peer that is no bundle', () => {
  it('sees nothing but the bytes', async () => {
    const come = Promise.withResolvers<Awaited<ReturnType<typeof connectTcp>>>();
    await using listener = await listenTcp(loopback, come.resolve);
    await using caller = await bundleAsCaller({ ends: [listener], pushAt: [loopback] }, plan);
    caller.write(record('data', 'a0', 'plain'));
    expect((await readBytes(await come.promise, 5)).toString()).toBe('plain');
  });

  it('that floods is made to wait', async () => {
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
    const place = { host: '127.0.0.1', port };
    const caller = await bundleAsCaller({ ends: [place], pushAt: [] }, plan);
    caller.write(record('data', 'a0'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    const held = sentBytes;
    expect(held).toBeGreaterThan(2 ** 24);
    expect(held).toBeLessThan(2 ** 27);
    for (let reads = 0; reads < 20_000 && sentBytes === held; reads += 1) await caller.read(100);
    expect(sentBytes).toBeGreaterThan(held);
    await caller[Symbol.asyncDispose]();
    await new Promise((resolve) => server.close(resolve));
  });
});

/** Bytes of data heard so far. */
function text(ear: Ear): number {
  return ear.heard.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function isAddress(bound: string | AddressInfo | null): bound is AddressInfo {
  return typeof bound === 'object' && bound !== null;
}
