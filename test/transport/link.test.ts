import { describe, expect, it } from 'vitest';
import { carriers, readBytes } from './links.ts';

const hello = Uint8Array.of(1, 2, 3);

describe.each(Object.entries(carriers))('a connection over %s', (_, carry) => {
  it('brings bytes to the other end, in their order', async () => {
    await using pair = await carry();
    pair.near.write(hello);
    pair.near.write(Uint8Array.of(4));
    expect([...(await readBytes(pair.far, 4))]).toEqual([1, 2, 3, 4]);
  });

  it('carries both ways at once', async () => {
    await using pair = await carry();
    pair.near.write(Uint8Array.of(1));
    pair.far.write(Uint8Array.of(2));
    expect([...(await readBytes(pair.near, 1))]).toEqual([2]);
    expect([...(await readBytes(pair.far, 1))]).toEqual([1]);
  });

  it('carries a megabyte unchanged', async () => {
    await using pair = await carry();
    const much = Uint8Array.from({ length: 2 ** 20 }, (_, index) => index % 251);
    pair.near.write(much);
    expect((await readBytes(pair.far, much.length)).equals(much)).toBe(true);
  });

  it('tells silence after the limit, and goes on', async () => {
    await using pair = await carry();
    expect(await pair.far.read(20)).toEqual({ kind: 'silence', waitedMs: 20 });
    pair.near.write(hello);
    expect((await pair.far.read(1000)).kind).toBe('bytes');
  });

  it('tells the end once everything before it was read, and ever after', async () => {
    await using pair = await carry();
    pair.near.write(hello);
    pair.near.end();
    await readBytes(pair.far, 3);
    expect(await pair.far.read(1000)).toEqual({ kind: 'closed', how: 'end' });
    expect(await pair.far.read(1000)).toEqual({ kind: 'closed', how: 'end' });
  });

  it('tells a reset as such', async () => {
    await using pair = await carry();
    pair.near.reset();
    expect(await pair.far.read(1000)).toEqual({ kind: 'closed', how: 'reset' });
  });

  it('still brings the answer of an end that was only half closed', async () => {
    await using pair = await carry();
    pair.near.end();
    expect(await pair.far.read(1000)).toEqual({ kind: 'closed', how: 'end' });
    pair.far.write(hello);
    expect([...(await readBytes(pair.near, 3))]).toEqual([1, 2, 3]);
  });

  it('takes writes after an ending in silence', async () => {
    await using pair = await carry();
    pair.near.end();
    expect(() => pair.near.write(hello)).not.toThrow();
    pair.near.reset();
    expect(() => pair.near.write(hello)).not.toThrow();
    expect(() => pair.near.end()).not.toThrow();
  });

  it('can be disposed twice, from both ends', async () => {
    await using pair = await carry();
    await pair.near[Symbol.asyncDispose]();
    await pair.near[Symbol.asyncDispose]();
    await pair.far[Symbol.asyncDispose]();
    expect((await pair.far.read(50)).kind).toBe('closed');
  });

  it('wakes a reader that waits when bytes come', async () => {
    await using pair = await carry();
    const reading = pair.far.read(2000);
    pair.near.write(hello);
    expect((await reading).kind).toBe('bytes');
  });
});
