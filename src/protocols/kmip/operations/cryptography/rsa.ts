import {
  constants,
  createHash,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  type KeyObject,
} from 'node:crypto';
import type { Random } from '#src/base/random.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import { attempt } from './attempt.ts';
import { hashName, type Parameters } from './parameters.ts';
import { oaepDecoded, oaepEncoded, type Hashes } from './rsa-encodings.ts';

/*
 * RSA with its encodings made here: OpenSSL would take the chance of OAEP from itself, and knows
 * no mask generator of another hash. The raw numbers are OpenSSL's work.
 */

const padding = constants.RSA_NO_PADDING;
const methods = enumerations.PaddingMethod;

export const rawPublicEncrypt = (key: KeyObject, data: Uint8Array) =>
  publicEncrypt({ key, padding }, data);
export const rawPrivateEncrypt = (key: KeyObject, data: Uint8Array) =>
  privateEncrypt({ key, padding }, data);
export const rawPublicDecrypt = (key: KeyObject, data: Uint8Array) =>
  publicDecrypt({ key, padding }, data);

export function modulusBitsOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

/** Encrypts with OAEP, PKCS #1 v1.5 or nothing around the data. */
export function rsaEncrypted(
  key: KeyObject,
  data: Uint8Array,
  { parameters, random }: { readonly parameters: Parameters; readonly random: Random },
): Uint8Array | Failure {
  const size = Math.ceil(modulusBitsOf(key) / 8);
  const encoded = encodedFor(size, data, { parameters, random });
  if (encoded === null) return failed('cryptographicFailure', 'the data are too long for the key');
  if (isFailure(encoded)) return encoded;
  return attempt(() => rawPublicEncrypt(key, encoded), 'RSA failed');
}

function encodedFor(
  size: number,
  data: Uint8Array,
  { parameters, random }: { readonly parameters: Parameters; readonly random: Random },
): Uint8Array | null | Failure {
  switch (parameters.padding) {
    case methods.OAEP: {
      const hashes = hashesOf(parameters);
      if (isFailure(hashes)) return hashes;
      return oaepEncoded(data, {
        ...hashes,
        label: parameters.label,
        seed: random.bytes(64),
        size,
      });
    }
    case methods.PKCS1V1_5: {
      if (data.length > size - 11) return null;
      const filling = random.bytes(size - data.length - 3).map((byte) => (byte === 0 ? 1 : byte));
      return Buffer.concat([Buffer.of(0, 2), filling, Buffer.of(0), data]);
    }
    case methods.None:
      return data.length === size ? data : null;
    default:
      return parameters.padding === undefined
        ? failed('badParameters', 'no Padding Method is given')
        : failed('unsupportedParameters', 'that padding is not worked with here');
  }
}

/** Decrypts what `rsaEncrypted` makes. */
export function rsaDecrypted(
  key: KeyObject,
  data: Uint8Array,
  parameters: Parameters,
): Uint8Array | Failure {
  const raw = attempt(() => privateDecrypt({ key, padding }, data), 'RSA failed');
  if (isFailure(raw)) return raw;
  switch (parameters.padding) {
    case methods.OAEP: {
      const hashes = hashesOf(parameters);
      if (isFailure(hashes)) return hashes;
      return oaepDecoded(raw, { ...hashes, label: parameters.label }) ?? wrongPadding();
    }
    case methods.PKCS1V1_5: {
      const border = raw.indexOf(0, 2);
      return raw[0] === 0 && raw[1] === 2 && border >= 10
        ? raw.subarray(border + 1)
        : wrongPadding();
    }
    case methods.None:
      return raw;
    default:
      return parameters.padding === undefined
        ? failed('badParameters', 'no Padding Method is given')
        : failed('unsupportedParameters', 'that padding is not worked with here');
  }
}

const wrongPadding = () => failed('cryptographicFailure', 'the padding is wrong');

/** The hashes of OAEP and PSS: SHA-1 where none is named, and one for both where one is named. */
export function hashesOf({ hash, maskHash }: Parameters): Hashes | Failure {
  const main = hash === undefined ? 'sha1' : hashName(hash);
  const masking = maskHash === undefined ? main : hashName(maskHash);
  return main === undefined || masking === undefined
    ? failed('unsupportedParameters', 'that hash is not worked with here')
    : { hash: main, maskHash: masking };
}

export function digestOf(hash: string, data: Uint8Array): Uint8Array {
  return createHash(hash).update(data).digest();
}
