import { createHmac, timingSafeEqual } from 'node:crypto';
import { cmac } from '@noble/ciphers/aes.js';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attempt } from '../cryptography/attempt.ts';
import { secretBytes, secretFailure } from '../cryptography/key-block.ts';
import {
  hashName,
  hmacHashName,
  parametersOf,
  type Parameters,
} from '../cryptography/parameters.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ManagedObject } from '../model/object.ts';
import { dataIn } from './data.ts';
import { answered, objectIn } from './objects.ts';
import { partIn, streamAfter } from './streaming.ts';
import { countUse, useFailure } from './use.ts';

/** MAC: HMAC, or CMAC of AES. */
export const mac: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'protect', use: 'MACGenerate' }, context);
  if (unusable !== null) return unusable;
  const owner = { operation: enumerations.Operation.MAC, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (part.data === undefined) return failed('missingData', 'Data is missing');
  const stream = streamAfter(part, owner, { sentBytes: 0, context });
  if (isFailure(stream)) return stream;
  if (!part.isLast) return [...answered(object), ...stream];
  const counted = countUse(object, part.data.length, context);
  if (counted !== null) return counted;
  const result = macOf(object, part.data, parametersOf(part.fields, object));
  if (isFailure(result)) return result;
  context.batch.outputs.set(enumerations.Data.MACMACData, result);
  return [...answered(object), items.bytes(tags.MACData, result)];
};

/** MAC Verify. A wrong MAC is an answer, too. */
export const macVerify: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'unprotect', use: 'MACVerify' }, context);
  if (unusable !== null) return unusable;
  const owner = { operation: enumerations.Operation.MACVerify, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (part.data === undefined) return failed('missingData', 'Data is missing');
  const stream = streamAfter(part, owner, { sentBytes: 0, context });
  if (isFailure(stream)) return stream;
  if (!part.isLast) return [...answered(object), ...stream];
  const given = dataIn(part.fields, context, tags.MACData);
  if (isFailure(given)) return given;
  if (given === undefined) return failed('missingField', 'MAC Data is missing');
  const right = macOf(object, part.data, parametersOf(part.fields, object));
  if (isFailure(right)) return right;
  const isValid = given.length === right.length && timingSafeEqual(given, right);
  const { Valid, Invalid } = enumerations.ValidityIndicator;
  return [
    ...answered(object),
    items.enumeration(tags.ValidityIndicator, isValid ? Valid : Invalid),
  ];
};

function macOf(
  object: ManagedObject,
  data: Uint8Array,
  { mode, algorithm, hash }: Parameters,
): Uint8Array | Failure {
  const { SymmetricKey, SecretData } = enumerations.ObjectType;
  if (object.objectType !== SymmetricKey && object.objectType !== SecretData) {
    return failed('wrongObjectType', 'only symmetric keys make MACs');
  }
  const key = secretBytes(object.body);
  if (key === undefined) return secretFailure(object.body);
  const { CMAC } = enumerations.BlockCipherMode;
  if (mode === CMAC && algorithm === enumerations.CryptographicAlgorithm.AES) {
    return attempt(() => cmac(data, key), 'CMAC failed');
  }
  const name = hmacHashName(algorithm) ?? hashName(hash);
  return name === undefined
    ? failed('badParameters', 'no algorithm of MAC is given')
    : attempt(() => createHmac(name, key).update(data).digest(), 'HMAC failed');
}
