import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/index.ts';
import {
  isOfDigest,
  signDigest,
} from '#src/protocols/kmip/operations/cryptography/ecdsa-digest.ts';

const data = Buffer.from('what is signed');

/** A curve, and a hash longer or shorter than its order. */
const kinds = [
  ['prime256v1', 'sha256'],
  ['prime256v1', 'sha512'],
  ['secp384r1', 'sha256'],
  ['secp384r1', 'sha384'],
  ['secp521r1', 'sha512'],
  ['secp256k1', 'sha1'],
] as const;

describe.each(kinds)('ECDSA over a digest, %s with %s', (namedCurve, hash) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const digest = createHash(hash).update(data).digest();

  it('is what OpenSSL makes of the data', () => {
    const own = signDigest(privateKey, digest, seededRandom(1)) ?? Buffer.alloc(0);
    expect(verify(hash, data, publicKey, own)).toBe(true);
    expect(isOfDigest(publicKey, digest, own)).toBe(true);
    expect(isOfDigest(publicKey, digest, sign(hash, data, privateKey))).toBe(true);
  });

  it('is that of no other digest, and of no other key', () => {
    const own = signDigest(privateKey, digest, seededRandom(2)) ?? Buffer.alloc(0);
    const other = createHash(hash).update('something else').digest();
    const stranger = generateKeyPairSync('ec', { namedCurve }).publicKey;
    expect(isOfDigest(publicKey, other, own)).toBe(false);
    expect(isOfDigest(stranger, digest, own)).toBe(false);
    expect(isOfDigest(publicKey, digest, own.subarray(0, -1))).toBe(false);
    expect(isOfDigest(publicKey, digest, Buffer.from('nothing'))).toBe(false);
  });
});

it('is not made on a curve that is not known here', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp224r1' });
  const digest = createHash('sha256').update(data).digest();
  expect(() => signDigest(privateKey, digest, seededRandom(1))).toThrow('curve');
  expect(() => isOfDigest(publicKey, digest, digest)).toThrow('curve');
});
