import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import * as items from '../model/items.ts';
import { attribute, type ManagedObject } from '../model/object.ts';

/** Cryptographic Parameters, read. */
export interface Parameters {
  readonly mode: number | undefined;
  readonly padding: number | undefined;
  /** Hashing Algorithm. */
  readonly hash: number | undefined;
  /** Of the parameters, or else of the key. */
  readonly algorithm: number | undefined;
  readonly signature: number | undefined;
  readonly randomIv: boolean;
  readonly ivBytes: number | undefined;
  /** Of ChaCha20 and CTR, where the nonce leaves room for a counter. */
  readonly counter: number;
  readonly tagBytes: number | undefined;
  readonly saltBytes: number | undefined;
  /** Hashing Algorithm of the mask generator MGF1. */
  readonly maskHash: number | undefined;
  /** The label of OAEP. */
  readonly label: Uint8Array;
}

/** The parameters of a request, or else the first ones of the object. */
export function parametersOf(payload: Item, object: ManagedObject | null): Parameters {
  const given =
    items.structureOf(payload, tags.CryptographicParameters) ??
    (object === null ? undefined : attribute(object, tags.CryptographicParameters));
  return readParameters(given, object);
}

export function readParameters(given: Item | undefined, object: ManagedObject | null): Parameters {
  const own = object === null ? undefined : attribute(object, tags.CryptographicAlgorithm);
  const ownAlgorithm = own?.type === 'Enumeration' ? own.value : undefined;
  return {
    mode: items.enumerationOf(given, tags.BlockCipherMode),
    padding: items.enumerationOf(given, tags.PaddingMethod),
    hash: items.enumerationOf(given, tags.HashingAlgorithm),
    algorithm: items.enumerationOf(given, tags.CryptographicAlgorithm) ?? ownAlgorithm,
    signature: items.enumerationOf(given, tags.DigitalSignatureAlgorithm),
    randomIv: items.booleanOf(given, tags.RandomIV) ?? false,
    ivBytes: bytesOfBits(items.integerOf(given, tags.IVLength)),
    counter: items.integerOf(given, tags.InitialCounterValue) ?? 0,
    tagBytes: items.integerOf(given, tags.TagLength),
    saltBytes: items.integerOf(given, tags.SaltLength),
    maskHash: items.enumerationOf(given, tags.MaskGeneratorHashingAlgorithm),
    label: items.bytesOf(given, tags.PSource) ?? new Uint8Array(),
  };
}

/** IV Length is said in bits. */
function bytesOfBits(bits: number | undefined): number | undefined {
  return bits === undefined ? undefined : bits / 8;
}

/** What node:crypto calls a Hashing Algorithm; `undefined`: it is not worked with here. */
export function hashName(code: number | undefined): string | undefined {
  return code === undefined ? undefined : hashNames.get(code);
}

/** The hash that an algorithm of HMAC is made of. */
export function hmacHashName(algorithm: number | undefined): string | undefined {
  return algorithm === undefined ? undefined : hmacNames.get(algorithm);
}

const hashes = enumerations.HashingAlgorithm;
const algorithms = enumerations.CryptographicAlgorithm;

const hashNames: ReadonlyMap<number, string> = new Map([
  [hashes.MD5, 'md5'],
  [hashes.SHA_1, 'sha1'],
  [hashes.SHA_224, 'sha224'],
  [hashes.SHA_256, 'sha256'],
  [hashes.SHA_384, 'sha384'],
  [hashes.SHA_512, 'sha512'],
  [hashes.SHA_512_224, 'sha512-224'],
  [hashes.SHA_512_256, 'sha512-256'],
  [hashes.SHA3_224, 'sha3-224'],
  [hashes.SHA3_256, 'sha3-256'],
  [hashes.SHA3_384, 'sha3-384'],
  [hashes.SHA3_512, 'sha3-512'],
]);

const hmacNames: ReadonlyMap<number, string> = new Map([
  [algorithms.HMAC_MD5, 'md5'],
  [algorithms.HMAC_SHA1, 'sha1'],
  [algorithms.HMAC_SHA224, 'sha224'],
  [algorithms.HMAC_SHA256, 'sha256'],
  [algorithms.HMAC_SHA384, 'sha384'],
  [algorithms.HMAC_SHA512, 'sha512'],
  [algorithms.HMAC_SHA3_224, 'sha3-224'],
  [algorithms.HMAC_SHA3_256, 'sha3-256'],
  [algorithms.HMAC_SHA3_384, 'sha3-384'],
  [algorithms.HMAC_SHA3_512, 'sha3-512'],
]);
