import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { seededRandom } from '#src/base/random.ts';
import { readFalconKeys } from '#src/protocols/qosst/authenticator/falcon-keys.ts';
import { falcon512 } from '#src/protocols/qosst/authenticator/falcon.ts';
import { none } from '#src/protocols/qosst/authenticator/none.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { digestOf } from '#src/protocols/qosst/codec/writer.ts';

const digest = digestOf(Buffer.from('header'), Buffer.from('content'));
const other = digestOf(Buffer.from('header'), Buffer.from('other'));

const keyFile = (name: string) =>
  readFileSync(new URL(`../../../fixtures/qosst/keys/${name}.json`, import.meta.url), 'utf8');
const keyOf = (text: string, kind: 'secret' | 'public') => {
  const read = readFalconKeys(text, kind);
  if (!read.ok) throw new Error(read.why);
  return read.key;
};
const alice = falcon512({
  secretKey: keyOf(keyFile('alice.secret'), 'secret'),
  peerPublicKey: keyOf(keyFile('bob.public'), 'public'),
});
const bob = falcon512({
  secretKey: keyOf(keyFile('bob.secret'), 'secret'),
  peerPublicKey: keyOf(keyFile('alice.public'), 'public'),
});

describe('no authenticator', () => {
  it('seals a digest with the digest', () => {
    expect(none.sign(digest)).toEqual(digest);
    expect(none.verify(digest, digest)).toBe(true);
  });

  it('refuses any other seal', () => {
    expect(none.verify(digest, other)).toBe(false);
    expect(none.verify(digest, digest.subarray(1))).toBe(false);
    expect(none.verify(digest, new Uint8Array(0))).toBe(false);
  });
});

describe('Falcon-512', () => {
  const seal = alice.sign(digest);

  it('seals with 666 bytes that only the peer of the signer accepts', () => {
    expect(seal).toHaveLength(666);
    expect(seal[0]).toBe(0x39);
    expect(bob.verify(digest, seal)).toBe(true);
    expect(bob.verify(other, seal)).toBe(false);
    expect(alice.verify(digest, seal)).toBe(false);
  });

  it('gives the same seal for the same digest and the same random numbers', () => {
    const signed = (seed: number) => alice.sign(digest, seededRandom(seed));
    expect(alice.sign(digest)).toEqual(seal);
    expect(signed(1)).toEqual(signed(1));
    expect(signed(1)).not.toEqual(signed(2));
    expect(bob.verify(digest, signed(2))).toBe(true);
  });

  it('refuses a seal with any bit flipped', () => {
    for (let bit = 0; bit < seal.length * 8; bit += 37) {
      const flipped = Uint8Array.from(seal);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit % 8));
      expect(bob.verify(digest, flipped)).toBe(false);
    }
  });

  it('refuses a seal that is shorter or longer', () => {
    for (const length of [0, 1, 40, 41, 665]) {
      expect(bob.verify(digest, seal.subarray(0, length))).toBe(false);
    }
    expect(bob.verify(digest, Buffer.concat([seal, Buffer.of(0)]))).toBe(false);
  });

  it('never throws on a seal, whatever its bytes', () => {
    const seals = fc.oneof(
      fc.uint8Array({ maxLength: 700 }),
      fc
        .uint8Array({ minLength: 665, maxLength: 665 })
        .map((bytes) => Uint8Array.of(0x39, ...bytes)),
    );
    const law = fc.property(seals, (bytes) => !bob.verify(digest, bytes));
    fc.assert(law, { seed: 20230131, numRuns: 200 });
  });

  it('refuses keys of another length', () => {
    const keys = { secretKey: new Uint8Array(1281), peerPublicKey: new Uint8Array(896) };
    expect(() => falcon512(keys)).toThrow('expected a Falcon public key of 897 bytes, got 896');
    expect(() => falcon512({ ...keys, secretKey: new Uint8Array(0) })).toThrow(
      'secret key of 1281',
    );
  });
});

describe('the key files of QOSST', () => {
  const secret: readonly (readonly number[])[] = JSON.parse(keyFile('alice.secret'));
  const [f = [], g = [], F = [], G = []] = secret;
  const bent = (list: readonly number[], value: unknown) => [value, ...list.slice(1)];
  const why = (value: unknown, kind: 'secret' | 'public') => {
    const read = readFalconKeys(JSON.stringify(value), kind);
    return read.ok ? 'read' : read.why;
  };

  it('give keys of 1,281 and 897 bytes', () => {
    expect(keyOf(keyFile('alice.secret'), 'secret')).toHaveLength(1281);
    expect(keyOf(keyFile('alice.public'), 'public')).toHaveLength(897);
  });

  it('are told apart', () => {
    expect(readFalconKeys(keyFile('alice.secret'), 'public')).toEqual({
      ok: false,
      why: 'expected a public key h, got lists [f, g, F, G]: a secret key',
    });
    expect(readFalconKeys(keyFile('alice.public'), 'secret')).toEqual({
      ok: false,
      why: 'expected lists [f, g, F, G], got one list: a public key',
    });
  });

  it('are refused where they are no JSON, without a word of them', () => {
    const text = keyFile('alice.secret').slice(0, -9);
    expect(readFalconKeys(text, 'secret')).toEqual({ ok: false, why: 'not JSON' });
  });

  it('are refused where there are not as many integers as it takes', () => {
    const expected = 'expected four lists [f, g, F, G] of 512 integers';
    expect(why([f, g, F], 'secret')).toBe(expected);
    expect(why([f, g, F, G, G], 'secret')).toBe(expected);
    expect(why([f, g, F, G.slice(1)], 'secret')).toBe(expected);
    expect(why([f, g, F, bent(G, '1')], 'secret')).toBe(expected);
    expect(why({ f, g, F, G }, 'secret')).toBe(expected);
    expect(why(Array(1024).fill(1), 'public')).toBe('expected a list h of 512 integers');
    expect(why(bent(f, 1.5), 'public')).toBe('expected a list h of 512 integers');
    expect(why(null, 'public')).toBe('expected a list h of 512 integers');
  });

  it('are refused where a number is out of range', () => {
    const expected = 'expected f and g within ±31, F and G within ±127: make another pair';
    expect(why([bent(f, 32), g, F, G], 'secret')).toBe(expected);
    expect(why([f, g, F, bent(G, -128)], 'secret')).toBe(expected);
    expect(why(Array(512).fill(12289), 'public')).toBe('expected integers of h from 0 to 12288');
    expect(why(Array(512).fill(-1), 'public')).toBe('expected integers of h from 0 to 12288');
  });

  it('are refused where the four lists do not belong together', () => {
    expect(why([g, f, F, G], 'secret')).toBe('expected f·G - g·F to be 12289');
    expect(why([f, g, F, bent(G, (G[0] ?? 0) === 0 ? 1 : 0)], 'secret')).toBe(
      'expected f·G - g·F to be 12289',
    );
  });
});

interface Recorded {
  readonly name: string;
  readonly hex: string;
}

describe('the Falcon exchange recorded from qosst-alice 0.10.0', () => {
  const file = new URL('../../../../shared/data/qosst/sessions.json', import.meta.url);
  const isThere = existsSync(file);
  const recorded: readonly Recorded[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const bytesOf = (name: string) =>
    recorded.filter((entry) => entry.name === name).map(({ hex }) => Buffer.from(hex, 'hex'));
  const recordedKey = (name: string) => {
    const [bytes = Buffer.of()] = bytesOf(`falcon-public-key-${name}`);
    const h = Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(2 * index));
    return keyOf(JSON.stringify(h), 'public');
  };

  if (!isThere) it.skip('is read from ../shared/data/qosst/sessions.json, which is not there');

  it.runIf(isThere)('verifies with the recorded keys, and not with a bit flipped', () => {
    const secretKey = keyOf(keyFile('alice.secret'), 'secret');
    const speakers = ['bob', 'alice'].map((name) =>
      falcon512({ secretKey, peerPublicKey: recordedKey(name) }),
    );
    const frames = new FrameReader({ lengthOrder: 'headerFirst', specials: true }).push(
      Buffer.concat(bytesOf('falcon-512-identification')),
    );
    expect(frames).toHaveLength(2);
    for (const [index, frame] of frames.entries()) {
      const digest = digestOf(frame.headerBytes, frame.contentBytes);
      expect(speakers.map((speaker) => speaker.verify(digest, frame.digest))).toEqual([
        index === 0,
        index === 1,
      ]);
      digest[5] = (digest[5] ?? 0) ^ 1;
      expect(speakers[index]?.verify(digest, frame.digest)).toBe(false);
    }
  });
});
