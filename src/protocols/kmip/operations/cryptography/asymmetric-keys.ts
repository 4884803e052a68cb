import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ManagedObject } from '../model/object.ts';
import { attempt } from './attempt.ts';
import { curveCoded, type Curve } from './curves.ts';
import {
  derBits,
  derContext,
  derInteger,
  derObject,
  derOctets,
  derSequence,
  unsignedBytes,
} from './der.ts';
import { keyBlockOf, secretFailure } from './key-block.ts';

/** The key of a Private Key, Public Key or Certificate, for node:crypto. */
export function keyObjectOf(object: ManagedObject): KeyObject | Failure {
  const { Certificate, PrivateKey, PublicKey } = enumerations.ObjectType;
  if (object.objectType === Certificate) {
    const value = items.bytesOf(object.body ?? undefined, tags.CertificateValue);
    return value === undefined
      ? failed('objectDestroyed', 'the certificate is gone')
      : attempt(() => new X509Certificate(value).publicKey, 'not an X.509 certificate');
  }
  const block = keyBlockOf(object.body);
  if (block === undefined) return failed('wrongObjectType', 'this object has no key');
  if (block.material === undefined) return secretFailure(object.body);
  const { format, material } = block;
  if (object.objectType === PrivateKey) {
    return attempt(() => privateKey(format, material), 'not a private key');
  }
  return object.objectType === PublicKey
    ? attempt(() => publicKey(format, material), 'not a public key')
    : failed('wrongObjectType', 'this object has no key of a pair');
}

const formats = enumerations.KeyFormatType;

function privateKey(format: number, material: Item): KeyObject | Failure {
  if (material.type === 'ByteString') {
    const type = privateTypes.get(format);
    if (type === undefined) return unreadable(format);
    return createPrivateKey({ key: Buffer.from(material.value), format: 'der', type });
  }
  if (format === formats.TransparentRSAPrivateKey) return transparentRsa(material);
  return ecFormats.includes(format) ? transparentEc(material) : unreadable(format);
}

function publicKey(format: number, material: Item): KeyObject | Failure {
  if (material.type === 'ByteString') {
    const type = publicTypes.get(format);
    if (type === undefined) return unreadable(format);
    return createPublicKey({ key: Buffer.from(material.value), format: 'der', type });
  }
  if (format === formats.TransparentRSAPublicKey) {
    const modulus = items.bigOf(material, tags.Modulus) ?? 0n;
    const exponent = items.bigOf(material, tags.PublicExponent) ?? 0n;
    return rsaPublicKey(modulus, exponent);
  }
  return ecFormats.includes(format) ? transparentPoint(material) : unreadable(format);
}

const privateTypes: ReadonlyMap<number, 'pkcs1' | 'pkcs8' | 'sec1'> = new Map([
  [formats.PKCS_1, 'pkcs1'],
  [formats.PKCS_8, 'pkcs8'],
  [formats.ECPrivateKey, 'sec1'],
]);
const publicTypes: ReadonlyMap<number, 'pkcs1' | 'spki'> = new Map([
  [formats.PKCS_1, 'pkcs1'],
  [formats.X_509, 'spki'],
]);
const ecFormats: readonly number[] = [
  formats.TransparentECPrivateKey,
  formats.TransparentECPublicKey,
  formats.TransparentECDSAPrivateKey,
  formats.TransparentECDSAPublicKey,
  formats.TransparentECDHPrivateKey,
  formats.TransparentECDHPublicKey,
];

function unreadable(format: number): Failure {
  return failed('keyFormat', `keys of format ${format} cannot be worked with`);
}

/** A public key of RSA. Throws where the numbers make none. */
export function rsaPublicKey(modulus: bigint, exponent: bigint): KeyObject {
  const key = Buffer.from(derSequence(derInteger(modulus), derInteger(exponent)));
  return createPublicKey({ key, format: 'der', type: 'pkcs1' });
}

/** The numbers of a private key of RSA. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

/** A private key of RSA. Throws where the numbers make none. */
export function rsaPrivateKey(numbers: RsaNumbers): KeyObject {
  const { modulus, publicExponent, privateExponent, p, q } = numbers;
  const coefficient = inverse(q, p);
  const values = [0n, modulus, publicExponent, privateExponent, p, q];
  const exponents = [privateExponent % (p - 1n), privateExponent % (q - 1n), coefficient];
  const key = Buffer.from(derSequence(...[...values, ...exponents].map(derInteger)));
  return createPrivateKey({ key, format: 'der', type: 'pkcs1' });
}

/** The inverse of a number modulo another, to which it is prime. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [old, rest] = [value % modulus, modulus];
  let [oldFactor, factor] = [1n, 0n];
  while (rest !== 0n) {
    const quotient = old / rest;
    [old, rest] = [rest, old - quotient * rest];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  return ((oldFactor % modulus) + modulus) % modulus;
}

function transparentRsa(material: Item): KeyObject | Failure {
  const p = items.bigOf(material, tags.P) ?? 0n;
  const q = items.bigOf(material, tags.Q) ?? 0n;
  const publicExponent = items.bigOf(material, tags.PublicExponent) ?? 65537n;
  if (p < 2n || q < 2n) return failed('keyFormat', 'the primes of the key are missing');
  const privateExponent =
    items.bigOf(material, tags.PrivateExponent) ?? inverse(publicExponent, (p - 1n) * (q - 1n));
  const modulus = items.bigOf(material, tags.Modulus) ?? p * q;
  return rsaPrivateKey({ modulus, publicExponent, privateExponent, p, q });
}

function transparentEc(material: Item): KeyObject | Failure {
  const curve = curveCoded(items.enumerationOf(material, tags.RecommendedCurve) ?? 0);
  const scalar = items.bigOf(material, tags.D);
  if (curve === undefined) return failed('keyFormat', 'that curve is not known here');
  if (scalar === undefined || scalar < 1n) return failed('keyFormat', 'D is missing');
  return ecPrivateKey(curve, scalar);
}

function transparentPoint(material: Item): KeyObject | Failure {
  const curve = curveCoded(items.enumerationOf(material, tags.RecommendedCurve) ?? 0);
  const point = items.bytesOf(material, tags.QString);
  if (curve === undefined) return failed('keyFormat', 'that curve is not known here');
  if (point === undefined) return failed('keyFormat', 'the point is missing');
  return ecPublicKey(curve, point);
}

/** A private key on a curve. Throws where the scalar is out of its range. */
export function ecPrivateKey(curve: Curve, scalar: bigint): KeyObject {
  const secret = unsignedBytes(scalar, Math.ceil(curve.bits / 8));
  const exchange = createECDH(curve.name);
  exchange.setPrivateKey(secret);
  const key = derSequence(
    derInteger(1n),
    derOctets(secret),
    derContext(0, derObject(curve.objectHex)),
    derContext(1, derBits(exchange.getPublicKey())),
  );
  return createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'sec1' });
}

function ecPublicKey(curve: Curve, point: Uint8Array): KeyObject {
  const algorithm = derSequence(derObject('2a8648ce3d0201'), derObject(curve.objectHex));
  const key = Buffer.from(derSequence(algorithm, derBits(point)));
  return createPublicKey({ key, format: 'der', type: 'spki' });
}
