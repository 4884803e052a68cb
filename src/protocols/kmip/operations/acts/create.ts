import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attributesIn } from '../attributes/spelling.ts';
import { keyBlock } from '../cryptography/key-block.ts';
import { symmetricKeyBytes, usualKeyBits } from '../cryptography/symmetric-keys.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { makeObject } from '../model/make-object.ts';
import { storageFailure } from './protection-storage.ts';
import { randomNumberGenerator } from './random-number-generator.ts';

/** Create: a symmetric key, or secret data, made by the server. */
export const create: Operation = (payload, context) => {
  const objectType = items.enumerationOf(payload, tags.ObjectType);
  const given = attributesIn(payload, [tags.TemplateAttribute, tags.Attributes], context);
  if (isFailure(given)) return given;
  const storage = storageFailure(payload, tags.ProtectionStorageMasks);
  if (storage !== null) return storage;
  const { SymmetricKey, SecretData } = enumerations.ObjectType;
  const isSecret = objectType === SecretData && context.version !== '1.4';
  if (objectType !== SymmetricKey && !isSecret) {
    return failed('objectTypeNotSupported', 'only symmetric keys are created');
  }
  const material = isSecret ? seed(given) : symmetricKey(given);
  if (isFailure(material)) return material;
  const block = keyBlock({
    format: enumerations.KeyFormatType.Raw,
    material: items.bytes(tags.KeyMaterial, context.random.bytes(material.byteCount)),
    algorithm: material.algorithm,
    lengthBits: material.lengthBits,
  });
  const body = isSecret
    ? items.structure(tags.SecretData, [
        items.enumeration(tags.SecretDataType, enumerations.SecretDataType.Seed),
        block,
      ])
    : items.structure(tags.SymmetricKey, [block]);
  const known = [randomNumberGenerator()];
  const object = makeObject({ objectType, body, given, known }, context);
  if (isFailure(object)) return object;
  context.server.objects.put(object.identifier, object);
  return [
    items.enumeration(tags.ObjectType, objectType),
    items.text(tags.UniqueIdentifier, object.identifier),
  ];
};

interface Material {
  readonly algorithm: number | undefined;
  readonly lengthBits: number;
  readonly byteCount: number;
}

function symmetricKey(given: readonly Item[]): Material | Failure {
  const parent = items.structure(tags.Attributes, given);
  const algorithm = items.enumerationOf(parent, tags.CryptographicAlgorithm);
  const said = items.integerOf(parent, tags.CryptographicLength);
  const mask = items.integerOf(parent, tags.CryptographicUsageMask);
  if (algorithm === undefined) return missing('Cryptographic Algorithm');
  if (mask === undefined) return missing('Cryptographic Usage Mask');
  const lengthBits = said ?? usualKeyBits(algorithm);
  const byteCount = symmetricKeyBytes(algorithm, lengthBits);
  if (byteCount === undefined) {
    return failed('unsupportedParameters', `no keys of algorithm ${algorithm}, ${lengthBits} bits`);
  }
  const isSafe = items.booleanOf(parent, tags.QuantumSafe) !== true || lengthBits >= 256;
  return isSafe
    ? { algorithm, lengthBits, byteCount }
    : failed('notQuantumSafe', `${lengthBits} bits are not safe from quantum computers`);
}

/** Secret data: so many random bits. */
function seed(given: readonly Item[]): Material | Failure {
  const parent = items.structure(tags.Attributes, given);
  const lengthBits = items.integerOf(parent, tags.CryptographicLength);
  if (lengthBits === undefined) return missing('Cryptographic Length');
  return lengthBits > 0 && lengthBits % 8 === 0 && lengthBits <= 65_536
    ? { algorithm: undefined, lengthBits, byteCount: lengthBits / 8 }
    : failed('unsupportedParameters', `no secrets of ${lengthBits} bits`);
}

function missing(name: string): Failure {
  return failed('attributeMissing', `${name} is missing`);
}
