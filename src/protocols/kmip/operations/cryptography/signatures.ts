import { sign, verify, type KeyObject } from 'node:crypto';
import type { Random } from '#src/base/random.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import { attempt } from './attempt.ts';
import { derObject, derOctets, derSequence } from './der.ts';
import { isOfDigest, signDigest } from './ecdsa-digest.ts';
import { hashName, type Parameters } from './parameters.ts';
import { digestOf, hashesOf, modulusBitsOf, rawPrivateEncrypt, rawPublicDecrypt } from './rsa.ts';
import { isPssOf, pssEncoded } from './rsa-encodings.ts';

/** What is signed: the data, or their digest. */
export interface Signed {
  readonly data: Uint8Array | undefined;
  readonly digest: Uint8Array | undefined;
}

/** How it is signed, after parameters and key. */
type Scheme =
  | { readonly kind: 'pss' | 'pkcs1'; readonly parameters: Parameters }
  | { readonly kind: 'ecdsa'; readonly hash: string }
  | { readonly kind: 'edwards' };

/** Signs. ECDSA over data takes its chance from OpenSSL: nothing else does. */
export function signature(
  key: KeyObject,
  signed: Signed,
  { parameters, random }: { readonly parameters: Parameters; readonly random: Random },
): Uint8Array | Failure {
  const scheme = schemeOf(key, parameters);
  if (isFailure(scheme)) return scheme;
  if (scheme.kind === 'ecdsa' || scheme.kind === 'edwards') {
    const { data, digest } = signed;
    const hash = scheme.kind === 'ecdsa' ? scheme.hash : null;
    if (data !== undefined) return attempt(() => sign(hash, data, key), 'signing failed');
    if (digest === undefined || hash === null) return onlyData();
    return attempt(() => signDigest(key, digest, random) ?? onlyData(), 'signing failed');
  }
  return attempt(() => {
    const encoded = encodedFor(scheme, signed, { key, random });
    if (encoded instanceof Uint8Array) return rawPrivateEncrypt(key, encoded);
    return encoded ?? failed('cryptographicFailure', 'the key is too short for this');
  }, 'signing failed');
}

/** Whether a signature is right. */
export function isSignature(
  key: KeyObject,
  signed: Signed,
  {
    parameters,
    signature: given,
  }: { readonly parameters: Parameters; readonly signature: Uint8Array },
): boolean | Failure {
  const scheme = schemeOf(key, parameters);
  if (isFailure(scheme)) return scheme;
  if (scheme.kind === 'ecdsa' || scheme.kind === 'edwards') {
    const { data, digest } = signed;
    const hash = scheme.kind === 'ecdsa' ? scheme.hash : null;
    if (data !== undefined)
      return attempt(() => verify(hash, data, key, given), 'verifying failed');
    if (digest === undefined || hash === null) return onlyData();
    return attempt(() => isOfDigest(key, digest, given) ?? onlyData(), 'verifying failed');
  }
  const hashes = hashesOf(scheme.parameters);
  if (isFailure(hashes)) return hashes;
  const digest = signed.digest ?? digestOf(hashes.hash, signed.data ?? new Uint8Array());
  const modulusBits = modulusBitsOf(key);
  const raw = attempt(() => rawPublicDecrypt(key, given), 'no signature of this key');
  // What the key cannot even take is no signature: an answer, not a failure.
  if (isFailure(raw)) return false;
  if (scheme.kind === 'pss') return isPssOf(digest, raw, { ...hashes, modulusBits });
  const wanted = pkcs1Encoded(digest, { hash: hashes.hash, size: raw.length });
  return wanted !== null && Buffer.compare(wanted, raw) === 0;
}

const { RSASSA_PSS } = enumerations.DigitalSignatureAlgorithm;
const hashes = enumerations.HashingAlgorithm;
const signatures = enumerations.DigitalSignatureAlgorithm;

/** The hash that a Digital Signature Algorithm names. */
const signatureHashes: ReadonlyMap<number, number> = new Map([
  [signatures.MD5WithRSAEncryption, hashes.MD5],
  [signatures.SHA_1WithRSAEncryption, hashes.SHA_1],
  [signatures.SHA_224WithRSAEncryption, hashes.SHA_224],
  [signatures.SHA_256WithRSAEncryption, hashes.SHA_256],
  [signatures.SHA_384WithRSAEncryption, hashes.SHA_384],
  [signatures.SHA_512WithRSAEncryption, hashes.SHA_512],
  [signatures.ECDSAWithSHA_1, hashes.SHA_1],
  [signatures.ECDSAWithSHA224, hashes.SHA_224],
  [signatures.ECDSAWithSHA256, hashes.SHA_256],
  [signatures.ECDSAWithSHA384, hashes.SHA_384],
  [signatures.ECDSAWithSHA512, hashes.SHA_512],
  [signatures.SHA3_256WithRSAEncryption, hashes.SHA3_256],
  [signatures.SHA3_384WithRSAEncryption, hashes.SHA3_384],
  [signatures.SHA3_512WithRSAEncryption, hashes.SHA3_512],
]);

function schemeOf(key: KeyObject, given: Parameters): Scheme | Failure {
  const kind = key.asymmetricKeyType;
  if (kind === 'ed25519' || kind === 'ed448') return { kind: 'edwards' };
  const named = given.signature === undefined ? undefined : signatureHashes.get(given.signature);
  const hash = given.hash ?? named;
  const parameters = { ...given, hash };
  if (kind === 'ec') {
    const name = hashName(hash ?? hashes.SHA_256);
    return name === undefined ? noScheme() : { kind: 'ecdsa', hash: name };
  }
  if (kind !== 'rsa') return noScheme();
  const { PSS, PKCS1V1_5 } = enumerations.PaddingMethod;
  if (given.padding === PSS || given.signature === RSASSA_PSS) return { kind: 'pss', parameters };
  if (given.padding !== undefined && given.padding !== PKCS1V1_5) return noScheme();
  if (hash === undefined) return failed('badParameters', 'no Hashing Algorithm is given');
  return { kind: 'pkcs1', parameters };
}

const onlyData = () => failed('unsupportedParameters', 'no digest is signed so here');

const noScheme = () => failed('unsupportedParameters', 'nothing is signed so here');

interface KeyAndChance {
  readonly key: KeyObject;
  readonly random: Random;
}

/** `null`: the key is too short. */
function encodedFor(
  scheme: Extract<Scheme, { kind: 'pss' | 'pkcs1' }>,
  signed: Signed,
  { key, random }: KeyAndChance,
): Uint8Array | null | Failure {
  const hashes = hashesOf(scheme.parameters);
  if (isFailure(hashes)) return hashes;
  const digest = signed.digest ?? digestOf(hashes.hash, signed.data ?? new Uint8Array());
  const modulusBits = modulusBitsOf(key);
  if (scheme.kind === 'pkcs1') {
    return pkcs1Encoded(digest, { hash: hashes.hash, size: Math.ceil(modulusBits / 8) });
  }
  const saltBytes = scheme.parameters.saltBytes ?? digest.length;
  if (saltBytes < 0 || saltBytes > modulusBits / 8) return null;
  return pssEncoded(digest, { ...hashes, modulusBits, salt: random.bytes(saltBytes) });
}

/** EMSA-PKCS1-v1_5. `null`: too short a key, or a digest that is not of that hash. */
function pkcs1Encoded(
  digest: Uint8Array,
  { hash, size }: { readonly hash: string; readonly size: number },
): Uint8Array | null {
  const named = digestObjects.get(hash);
  if (named === undefined || digest.length !== digestOf(hash, digest).length) return null;
  const algorithm = derSequence(derObject(named), Uint8Array.of(5, 0));
  const content = derSequence(algorithm, derOctets(digest));
  const filling = size - content.length - 3;
  if (filling < 8) return null;
  return Buffer.concat([Buffer.of(0, 1), Buffer.alloc(filling, 0xff), Buffer.of(0), content]);
}

/** The object identifiers of hashes, as hex. */
const digestObjects: ReadonlyMap<string, string> = new Map([
  ['md5', '2a864886f70d0205'],
  ['sha1', '2b0e03021a'],
  ['sha224', '608648016503040204'],
  ['sha256', '608648016503040201'],
  ['sha384', '608648016503040202'],
  ['sha512', '608648016503040203'],
  ['sha512-224', '608648016503040205'],
  ['sha512-256', '608648016503040206'],
  ['sha3-224', '608648016503040207'],
  ['sha3-256', '608648016503040208'],
  ['sha3-384', '608648016503040209'],
  ['sha3-512', '60864801650304020a'],
]);
