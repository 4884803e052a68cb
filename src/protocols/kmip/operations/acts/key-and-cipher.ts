import { cipherOf, type Cipher } from '../cryptography/ciphers.ts';
import { secretBytes, secretFailure } from '../cryptography/key-block.ts';
import type { Parameters } from '../cryptography/parameters.ts';
import { isFailure, type Failure } from '../model/failure.ts';
import type { ManagedObject } from '../model/object.ts';

/** A symmetric key and the cipher that it works in. */
export interface KeyAndCipher {
  readonly key: Uint8Array;
  readonly cipher: Cipher;
}

export function keyAndCipher(
  object: ManagedObject,
  parameters: Parameters,
): KeyAndCipher | Failure {
  const key = secretBytes(object.body);
  if (key === undefined) return secretFailure(object.body);
  const cipher = cipherOf(parameters, key.length);
  return isFailure(cipher) ? cipher : { key, cipher };
}
