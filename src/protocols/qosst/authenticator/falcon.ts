import { hash } from 'node:crypto';
import { falcon512padded } from '@noble/post-quantum/falcon.js';
import { latin1Bytes } from '#src/base/bytes.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Authenticator } from './authenticator.ts';

/**
 * Falcon-512 of round 3: seals of 666 bytes in the padded format, over the digest's 32 bytes.
 *
 * The keys are those of `readFalconKeys`: ours to sign, the peer's to verify; either may be absent where it is not needed. Signing takes 48
 * bytes from `random`; without it they are a hash of key and digest, so that either way the same
 * call gives the same seal. Checking is strict where QOSST's own is lenient: the first byte must be
 * 0x39 and the zero padding must be there.
 *
 * @throws HarnessError for keys of another length.
 * @see qosst-core 0.10.1, authentication/falcon.py, FalconAuthenticator
 */
export function falcon512(keys: {
  readonly secretKey?: Uint8Array | undefined;
  readonly peerPublicKey?: Uint8Array | undefined;
}): Authenticator {
  const { secretKey, peerPublicKey } = keys;
  if (secretKey !== undefined) expectLength('secret key', secretKey, 1281);
  if (peerPublicKey !== undefined) expectLength('public key', peerPublicKey, 897);
  return {
    name: 'falcon512',
    sign: (digest, random) => {
      if (secretKey === undefined)
        throw new HarnessError('usage', 'no Falcon secret key to sign with');
      const extraEntropy = random?.bytes(48) ?? derivedBytes(secretKey, digest);
      return falcon512padded.sign(digest, secretKey, { extraEntropy });
    },
    verify: (digest, seal) => {
      if (peerPublicKey === undefined)
        throw new HarnessError('usage', 'no Falcon key to check with');
      return falcon512padded.verify(seal, digest, peerPublicKey);
    },
  };
}

function expectLength(name: string, key: Uint8Array, bytes: number): void {
  if (key.length === bytes) return;
  throw new HarnessError('usage', `expected a Falcon ${name} of ${bytes} bytes, got ${key.length}`);
}

/** 48 bytes that only the key's owner knows. */
function derivedBytes(secretKey: Uint8Array, digest: Uint8Array): Uint8Array {
  return latin1Bytes(hash('sha384', Buffer.concat([secretKey, digest]), 'binary'));
}
