import { checkPrimeSync, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Random } from '#src/base/random.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { failed, type Failure } from '../model/failure.ts';
import { ecPrivateKey, inverse, rsaPrivateKey } from './asymmetric-keys.ts';
import { attempt } from './attempt.ts';
import { curveCoded, curveOfBits } from './curves.ts';
import { unsignedOf } from './der.ts';

/** What a new key pair is to be. */
export interface KeyPairRequest {
  readonly algorithm: number;
  readonly lengthBits: number | undefined;
  /** Recommended Curve. */
  readonly curve: number | undefined;
}

/** A new key pair, and how it is kept. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly lengthBits: number;
  readonly privateFormat: number;
  readonly publicFormat: number;
}

/** Makes a key pair out of injected chance: the same chance makes the same keys. */
export function newKeyPair(request: KeyPairRequest, random: Random): KeyPair | Failure {
  const { RSA, EC, ECDSA, ECDH, Ed25519 } = enumerations.CryptographicAlgorithm;
  const { algorithm, curve } = request;
  if (algorithm === RSA) return rsaPair(request.lengthBits ?? 2048, random);
  const edwards = algorithm === Ed25519;
  const isEc = algorithm === EC || algorithm === ECDSA || algorithm === ECDH;
  if (edwards || (isEc && curve === enumerations.RecommendedCurve.CURVE25519)) {
    return curve25519Pair(edwards ? '70' : '6e', random);
  }
  if (isEc) return ecPair(request, random);
  return failed('unsupportedParameters', `no key pairs of algorithm ${algorithm}`);
}

const formats = enumerations.KeyFormatType;

function rsaPair(lengthBits: number, random: Random): KeyPair | Failure {
  if (lengthBits === undefined)
    return failed('attributeMissing', 'Cryptographic Length is missing');
  if (![1024, 2048, 3072, 4096].includes(lengthBits)) {
    return failed('unsupportedParameters', `no RSA keys of ${lengthBits} bits`);
  }
  const publicExponent = 65537n;
  const p = prime(lengthBits / 2, random);
  let q = prime(lengthBits / 2, random);
  while (q === p) q = prime(lengthBits / 2, random);
  const privateExponent = inverse(publicExponent, (p - 1n) * (q - 1n));
  return attempt(() => {
    const numbers = { modulus: p * q, publicExponent, privateExponent, p, q };
    const privateKey = rsaPrivateKey(numbers);
    const publicKey = createPublicKey(privateKey);
    const { PKCS_1 } = formats;
    return { privateKey, publicKey, lengthBits, privateFormat: PKCS_1, publicFormat: PKCS_1 };
  }, 'no RSA key came of it');
}

/** Rounds of Miller and Rabin: as many as FIPS 186-5 asks of chance primes. */
const checks = 5;

/** A prime with its two highest bits set (so that products are full long) for the exponent 65537. */
function prime(bits: number, random: Random): bigint {
  const top = 3n << BigInt(bits - 2);
  for (;;) {
    const candidate = unsignedOf(random.bytes(bits / 8)) | top | 1n;
    if (candidate % 65537n !== 1n && checkPrimeSync(candidate, { checks })) return candidate;
  }
}

function ecPair({ lengthBits, curve: code }: KeyPairRequest, random: Random): KeyPair | Failure {
  const curve = code === undefined ? curveOfBits(lengthBits ?? 0) : curveCoded(code);
  if (curve === undefined) {
    return code === undefined && lengthBits === undefined
      ? failed('attributeMissing', 'neither a curve nor a length is given')
      : failed('unsupportedParameters', 'no keys on that curve');
  }
  // Cut below the order: never zero, never too large, and evenly enough for tests.
  const scalar = 1n + (unsignedOf(random.bytes(72)) >> (577n - BigInt(curve.bits)));
  return attempt(() => {
    const privateKey = ecPrivateKey(curve, scalar);
    return {
      privateKey,
      publicKey: createPublicKey(privateKey),
      lengthBits: curve.bits,
      privateFormat: formats.TransparentECPrivateKey,
      publicFormat: formats.TransparentECPublicKey,
    };
  }, 'no key on that curve came of it');
}

/** Ed25519 and X25519: any 32 bytes are a private key. */
function curve25519Pair(kind: '70' | '6e', random: Random): KeyPair | Failure {
  const head = Buffer.from(`302e020100300506032b65${kind}04220420`, 'hex');
  const key = Buffer.concat([head, random.bytes(32)]);
  return attempt(() => {
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return {
      privateKey,
      publicKey: createPublicKey(privateKey),
      lengthBits: 256,
      privateFormat: formats.PKCS_8,
      publicFormat: formats.X_509,
    };
  }, 'no key came of it');
}
