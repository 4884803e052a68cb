import type { KeyObject } from 'node:crypto';
import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ManagedObject } from '../model/object.ts';
import { keyObjectOf } from './asymmetric-keys.ts';
import { attempt } from './attempt.ts';
import { curveCalled } from './curves.ts';
import { derElements, unsignedOf } from './der.ts';
import { keyBlockOf, secretBytes } from './key-block.ts';

const formats = enumerations.KeyFormatType;

/** The material of a key in another format. */
export function materialAs(object: ManagedObject, format: number): Item | Failure {
  const block = keyBlockOf(object.body);
  if (block?.material === undefined) return failed('keyFormat', 'the key cannot be rewritten');
  if (block.format === format) return block.material;
  const { SymmetricKey } = enumerations.ObjectType;
  return object.objectType === SymmetricKey
    ? symmetricAs(object, format)
    : keyOfPairAs(object, format);
}

function symmetricAs(object: ManagedObject, format: number): Item | Failure {
  const secret = secretBytes(object.body);
  if (secret === undefined) return refused(format);
  if (format === formats.Raw) return items.bytes(tags.KeyMaterial, secret);
  return format === formats.TransparentSymmetricKey
    ? items.structure(tags.KeyMaterial, [items.bytes(tags.Key, secret)])
    : refused(format);
}

function keyOfPairAs(object: ManagedObject, format: number): Item | Failure {
  const key = keyObjectOf(object);
  if (isFailure(key)) return refused(format);
  return attempt(() => materialOf(key, format), `no format ${format} for this key`);
}

/** The material of a key in a format. Throws where its kind of key has no such format. */
export function materialOf(key: KeyObject, format: number): Item | Failure {
  const isPrivate = key.type === 'private';
  const isRsa = key.asymmetricKeyType === 'rsa';
  const der = (type: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki') =>
    items.bytes(tags.KeyMaterial, key.export({ format: 'der', type }));
  if (format === formats.PKCS_1 && isRsa) return der('pkcs1');
  if (format === formats.PKCS_8 && isPrivate) return der('pkcs8');
  if (format === formats.X_509 && !isPrivate) return der('spki');
  if (format === formats.ECPrivateKey && isPrivate && !isRsa) return der('sec1');
  if (format === formats.TransparentRSAPrivateKey && isPrivate && isRsa) return rsaPrivate(key);
  if (format === formats.TransparentRSAPublicKey && !isPrivate && isRsa) return rsaPublic(key);
  if (format === formats.TransparentECPrivateKey && isPrivate) return ecPrivate(key);
  if (format === formats.TransparentECPublicKey && !isPrivate) return ecPublic(key);
  return refused(format);
}

function refused(format: number): Failure {
  return failed('keyFormat', `the key cannot be had in format ${format}`);
}

function rsaPrivate(key: KeyObject): Item {
  const jwk = key.export({ format: 'jwk' });
  return items.structure(tags.KeyMaterial, [
    items.big(tags.Modulus, numberOf(jwk.n)),
    items.big(tags.PrivateExponent, numberOf(jwk.d)),
    items.big(tags.PublicExponent, numberOf(jwk.e)),
    items.big(tags.P, numberOf(jwk.p)),
    items.big(tags.Q, numberOf(jwk.q)),
    items.big(tags.PrimeExponentP, numberOf(jwk.dp)),
    items.big(tags.PrimeExponentQ, numberOf(jwk.dq)),
    items.big(tags.CRTCoefficient, numberOf(jwk.qi)),
  ]);
}

function rsaPublic(key: KeyObject): Item {
  const jwk = key.export({ format: 'jwk' });
  return items.structure(tags.KeyMaterial, [
    items.big(tags.Modulus, numberOf(jwk.n)),
    items.big(tags.PublicExponent, numberOf(jwk.e)),
  ]);
}

function numberOf(text: string | undefined): bigint {
  return unsignedOf(Buffer.from(text ?? '', 'base64url'));
}

/** SEC 1: a sequence of version, scalar, curve, point. */
function ecPrivate(key: KeyObject): Item | Failure {
  const [outer] = derElements(key.export({ format: 'der', type: 'sec1' }));
  const scalar = derElements(outer?.content ?? new Uint8Array())[1];
  const curve = curveCalled(key.asymmetricKeyDetails?.namedCurve);
  if (scalar === undefined || curve === undefined) {
    return refused(formats.TransparentECPrivateKey);
  }
  return items.structure(tags.KeyMaterial, [
    items.enumeration(tags.RecommendedCurve, curve.code),
    items.big(tags.D, unsignedOf(scalar.content)),
  ]);
}

/** Subject public key info: a sequence of algorithm and bits, the first of which count spare ones. */
function ecPublic(key: KeyObject): Item | Failure {
  const [outer] = derElements(key.export({ format: 'der', type: 'spki' }));
  const point = derElements(outer?.content ?? new Uint8Array())[1];
  const curve = curveCalled(key.asymmetricKeyDetails?.namedCurve);
  if (point === undefined || curve === undefined) return refused(formats.TransparentECPublicKey);
  return items.structure(tags.KeyMaterial, [
    items.enumeration(tags.RecommendedCurve, curve.code),
    items.bytes(tags.QString, point.content.subarray(1)),
  ]);
}
