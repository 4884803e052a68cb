import { describe, expect, it } from 'vitest';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { KeyStore, type Chunk } from '#src/protocols/etsi-004/reference/kms-store.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, profileOf } from './bench.ts';

const key = (byte: number) => new Uint8Array(32).fill(byte);
const chunk = (index: number, change: Partial<Chunk> = {}): Chunk => ({
  streamId: 'one',
  end: 'a',
  index,
  key: key(index % 251),
  ttl: null,
  nowMs: 0,
  isGapless: false,
  ...change,
});

describe('the key store of the KMS', () => {
  it('takes keys in order, also across the largest index', () => {
    const store = new KeyStore();
    const indices = [4294967294, 4294967295, 0, 1];
    expect(indices.map((index) => store.take(chunk(index)))).toEqual(Array(4).fill('next'));
    expect(store.count('one', 'a')).toBe(4);
  });

  it('tells a gap, a repetition and a conflict apart', () => {
    const store = new KeyStore();
    expect(store.take(chunk(0))).toBe('next');
    expect(store.take(chunk(7))).toBe('apart');
    expect(store.take(chunk(9, { isGapless: true }))).toBe('early');
    expect(store.take(chunk(7))).toBe('again');
    expect(store.take(chunk(7, { key: key(99) }))).toBe('conflicting');
    expect(store.indices('one', 'a', 0)).toEqual([0, 7]);
  });

  it('does not take another key than the other end has', () => {
    const store = new KeyStore();
    store.take(chunk(0));
    expect(store.take(chunk(0, { end: 'b', key: key(99) }))).toBe('unequal');
    expect(store.take(chunk(0, { end: 'b' }))).toBe('next');
  });

  it('keeps streams apart', () => {
    const store = new KeyStore();
    store.take(chunk(0));
    expect(store.take(chunk(0, { streamId: 'two', key: key(99) }))).toBe('next');
  });

  it('erases a key when its ttl is over', () => {
    const store = new KeyStore();
    const early = key(1);
    store.take(chunk(0, { ttl: 2, key: early }));
    store.take(chunk(1, { ttl: 4 }));
    expect(store.indices('one', 'a', 1999)).toEqual([0, 1]);
    expect(store.indices('one', 'a', 2000)).toEqual([1]);
    expect(early).toEqual(new Uint8Array(32));
    expect(store.indices('one', 'a', 4000)).toEqual([]);
  });
});

describe('the reference KMS', () => {
  it.each([
    ['two streams', { streams: 2 }],
    ['one end alone', { ends: 1 }],
    ['more keys', { keys: 9 }],
    ['an open quality', { qos: { max_bps: null, ttl: null, key_chunk_size: 16 } }],
  ])('passes its own conduct with %s', async (_, options) => {
    const profile = { ...profileOf('kms', null), options };
    await using bench = await benchFor('kms', null);
    await using reach = await reachTarget(etsi004, profile, 1);
    for (const name of ['kms/course', 'kms-conduct/keys', 'kms-conduct/close']) {
      const played = etsi004.cases.find(({ id }) => id === `etsi-004/${name}`);
      if (played === undefined) throw new Error(`there is no case '${name}'`);
      const { verdict } = await playCase({ ...bench, profile, reach }, played);
      expect([name, verdict.verdict]).toEqual([name, 'pass']);
    }
  });
});
