import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCredentials, type Credentials } from '#src/transport/credentials.ts';
import { bundleAsCaller, bundleAsServer } from '#src/transport/bundle.ts';
import type { Link, Listener } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { listenTcp } from '#src/transport/tcp.ts';
import { connectTls, listenTls, tryTls } from '#src/transport/tls.ts';
import { Ear, loopback, record } from './bundle-ends.ts';
import { readBytes } from './links.ts';

const folder = fileURLToPath(new URL('../../fixtures/certificates/', import.meta.url));
const limitMs = 5000;

function credentials(name: string, ca = 'ca'): Credentials {
  const [cert, key] = [`${folder}${name}.pem`, `${folder}${name}-key.pem`];
  return readCredentials({ ca: `${folder}${ca}.pem`, cert, key });
}

const device = credentials('device');
const kms = credentials('kms');

/** A server that keeps what came to it, and why others did not. */
async function serving(own = device) {
  const come: Link[] = [];
  const refused: string[] = [];
  const listener: Listener = await listenTls(loopback, own, {
    welcome: (link) => come.push(link),
    refused: (why) => refused.push(why),
  });
  return { listener, come, refused };
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn += 1) {
    if (turn > 400) throw new Error('it never came');
    await new Promise((done) => setTimeout(done, 10));
  }
}

describe('a connection over TLS', () => {
  it('carries bytes both ways, and its end', async () => {
    const { listener, come } = await serving();
    await using _ = listener;
    await using near = await connectTls(listener, { credentials: kms, limitMs });
    near.write(Buffer.from('over TLS'));
    await until(() => come.length === 1);
    const [far] = come;
    if (far === undefined) throw new Error('nobody came');
    expect((await readBytes(far, 8)).toString()).toBe('over TLS');
    far.write(Buffer.from('and back'));
    far.end();
    expect((await readBytes(near, 8)).toString()).toBe('and back');
    expect(await near.read(limitMs)).toEqual({ kind: 'closed', how: 'end' });
  });

  it('is broken off right behind what was said, without harm to anybody', async () => {
    const { listener, come } = await serving();
    await using _ = listener;
    for (let turn = 0; turn < 5; turn += 1) {
      await using near = await connectTls(listener, { credentials: kms, limitMs });
      near.write(Buffer.alloc(5));
      near.reset();
      await until(() => come.length === turn + 1);
      expect((await readBytes(come[turn] ?? near, 5)).length).toBe(5);
    }
  });

  it('is made over TLS 1.2 only where that is allowed', async () => {
    const older = { credentials: kms, limitMs, version: 'TLSv1.2' } as const;
    const { listener } = await serving();
    await using _ = listener;
    await expect(tryTls(listener, older)).rejects.toThrow('does not speak this version');
    const { listener: lenient } = await serving({ ...device, oldest: 'TLSv1.2' });
    await using __ = lenient;
    expect(await tryTls(lenient, older)).toBe('TLSv1.2');
    expect(await tryTls(lenient, { credentials: kms, limitMs })).toBe('TLSv1.3');
  });

  it('is broken off by a reset, from either side', async () => {
    const { listener, come } = await serving();
    await using _ = listener;
    await using first = await connectTls(listener, { credentials: kms, limitMs });
    await using second = await connectTls(listener, { credentials: kms, limitMs });
    await until(() => come.length === 2);
    come[0]?.reset();
    expect(await first.read(limitMs)).toEqual({ kind: 'closed', how: 'reset' });
    second.reset();
    expect(await come[1]?.read(limitMs)).toEqual({ kind: 'closed', how: 'reset' });
  });

  it('leaves no socket behind where it is reset while it ends', async () => {
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = sockets();
    const { listener, come } = await serving();
    await using _ = listener;
    const near = await connectTls(listener, { credentials: kms, limitMs });
    await until(() => come.length === 1);
    near.end();
    near.reset();
    await near[Symbol.asyncDispose]();
    await come[0]?.[Symbol.asyncDispose]();
    await until(() => sockets() <= before);
    expect(sockets()).toBeLessThanOrEqual(before);
  });

  it('is TLS 1.3, and nothing older', async () => {
    const { listener } = await serving();
    await using _ = listener;
    expect(await tryTls(listener, { credentials: kms, limitMs })).toBe('TLSv1.3');
    const older = tryTls(listener, { credentials: kms, limitMs, version: 'TLSv1.2' });
    await expect(older).rejects.toThrow('it does not speak this version of TLS');
  });

  it.each([
    ['of another authority', credentials('stranger'), kms, 'an authority that is not trusted'],
    ['that has expired', credentials('expired'), kms, 'its certificate has expired'],
    ['for another name', credentials('elsewhere'), kms, 'its certificate is for another name'],
  ])('is not made with a server whose certificate is one %s', async (_, own, ours, why) => {
    const { listener } = await serving(own);
    await using held = listener;
    const made = connectTls(held, { credentials: ours, limitMs });
    await expect(made).rejects.toMatchObject({ code: 'unreachable' });
    await expect(made).rejects.toThrow(why);
  });

  it('is made with a server by the name that it is to have', async () => {
    const { listener } = await serving(credentials('elsewhere'));
    await using held = listener;
    const named = { ...kms, serverName: 'elsewhere.example' };
    await using link = await connectTls(held, { credentials: named, limitMs });
    expect(await link.read(50)).toMatchObject({ kind: 'silence' });
  });

  it.each([
    ['none', { ...kms, own: null }, 'it showed no certificate'],
    ['one of another authority', { ...credentials('stranger') }, 'is not trusted'],
    ['one that has expired', { ...credentials('expired') }, 'has expired'],
  ])('is not taken from a client whose certificate is %s', async (_, shown, why) => {
    const { listener, come, refused } = await serving();
    await using held = listener;
    const tried = tryTls(held, { credentials: shown, limitMs });
    await expect(tried).rejects.toMatchObject({ code: 'unreachable' });
    await until(() => refused.length > 0);
    expect(refused[0]).toContain(why);
    expect(come).toEqual([]);
  });

  it('says so where the server speaks no TLS', async () => {
    await using plain = await listenTcp(loopback, (link) => {
      link.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    const made = connectTls(plain, { credentials: kms, limitMs });
    await expect(made).rejects.toThrow('it does not speak TLS');
  });

  it('ends within its limit where the server says nothing', async () => {
    await using mute = await listenTcp(loopback, () => {});
    const made = connectTls(mute, { credentials: kms, limitMs: 200 });
    await expect(made).rejects.toThrow('no answer in 200 ms');
  });
});

describe('credentials', () => {
  const at = (name: string) => `${folder}${name}`;

  it.each([
    ['a certificate without its key', { cert: at('kms.pem') }, 'tls.key is missing'],
    ['a file that is not there', { ca: at('nowhere.pem') }, 'cannot read'],
    ['a file that is no PEM', { ca: at('README.md') }, 'is no PEM file'],
  ])('refuse %s', (_, paths, why) => {
    expect(() => readCredentials(paths)).toThrow(why);
  });

  it('refuse a key of another certificate', async () => {
    const mixed = { cert: at('kms.pem'), key: at('device-key.pem') };
    const wrong = readCredentials({ ca: at('ca.pem'), ...mixed });
    const listening = listenTls(loopback, wrong, { welcome: () => {} });
    await expect(listening).rejects.toMatchObject({ code: 'usage' });
    await expect(listening).rejects.toThrow('the key does not belong to the certificate');
  });
});

describe('a bundle over TLS', () => {
  it('carries calls and pushes', async () => {
    let places: readonly Address[] = [];
    const push = (end: 0 | 1) => places[end] ?? null;
    const listen = [loopback];
    await using server = await bundleAsServer({ listen, push }, { limitMs, credentials: device });
    const ends = server.listening;
    const pushAt = [loopback];
    await using caller = await bundleAsCaller({ ends, pushAt }, { limitMs, credentials: kms });
    places = caller.pushAt;
    const [calls, pushes] = [new Ear(server), new Ear(caller)];
    caller.write(record('data', 'a0', 'call'));
    await calls.until(() => calls.text('a0') === 'call');
    server.write(record('data', 'a0p', 'push'));
    await pushes.until(() => pushes.text('a0p') === 'push');
    caller.write(record('reset', 'a0p'));
    await calls.until(() => calls.ending('a0p') === 'reset');
    expect([calls.text('a0'), pushes.text('a0p')]).toEqual(['call', 'push']);
  });

  it('tells of a push to somebody who is not believed, as a reset', async () => {
    const { listener } = await serving(credentials('stranger'));
    await using place = listener;
    const push = () => place;
    const plan = { limitMs, credentials: device };
    await using server = await bundleAsServer({ listen: [loopback], push }, plan);
    const ear = new Ear(server);
    server.write(record('data', 'a0p', 'key'));
    await ear.until(() => ear.ending('a0p') === 'reset');
    expect(ear.text('a0p')).toBe('');
  });
});
