import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { keyObjectOf } from '../cryptography/asymmetric-keys.ts';
import { decrypted, decryptedSoFar } from '../cryptography/ciphers.ts';
import { parametersOf, type Parameters } from '../cryptography/parameters.ts';
import { rsaDecrypted } from '../cryptography/rsa.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ManagedObject } from '../model/object.ts';
import { keyAndCipher } from './key-and-cipher.ts';
import { answered, objectIn } from './objects.ts';
import { partIn, streamAfter, type Part } from './streaming.ts';
import { useFailure } from './use.ts';

/** Decrypt: with a symmetric key, or with a private one. */
export const decrypt: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'unprotect', use: 'Decrypt' }, context);
  if (unusable !== null) return unusable;
  const owner = { operation: enumerations.Operation.Decrypt, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (part.data === undefined) return failed('missingData', 'Data is missing');
  const run = { object, part, parameters: parametersOf(part.fields, object) };
  const isSymmetric = object.objectType === enumerations.ObjectType.SymmetricKey;
  const result = isSymmetric ? symmetric(run, part.data) : asymmetric(run, part.data);
  if (isFailure(result)) return result;
  const data = result.subarray(part.sentBytes);
  context.batch.outputs.set(enumerations.Data.Decrypt, data);
  const stream = streamAfter(part, owner, { sentBytes: result.length, context });
  if (isFailure(stream)) return stream;
  return [...answered(object), items.bytes(tags.Data, data), ...stream];
};

interface Run {
  readonly object: ManagedObject;
  readonly part: Part;
  readonly parameters: Parameters;
}

/** All that is decrypted so far, from the first part on. */
function symmetric({ object, part, parameters }: Run, data: Uint8Array): Uint8Array | Failure {
  const both = keyAndCipher(object, parameters);
  if (isFailure(both)) return both;
  const { fields } = part;
  const run = {
    key: both.key,
    parameters,
    iv: items.bytesOf(fields, tags.IVCounterNonce),
    additionalData: items.bytesOf(fields, tags.AuthenticatedEncryptionAdditionalData),
    tag: items.bytesOf(fields, tags.AuthenticatedEncryptionTag),
    data,
  };
  return part.isLast ? decrypted(both.cipher, run) : decryptedSoFar(both.cipher, run);
}

function asymmetric({ object, part, parameters }: Run, data: Uint8Array): Uint8Array | Failure {
  if (!part.isLast || part.correlation !== undefined) {
    return failed('unsupportedParameters', 'private keys do not work in several parts');
  }
  const key = keyObjectOf(object);
  if (isFailure(key)) return key;
  if (key.type !== 'private') return failed('wrongObjectType', 'a public key does not decrypt');
  return key.asymmetricKeyType === 'rsa'
    ? rsaDecrypted(key, data, parameters)
    : failed('unsupportedParameters', 'of private keys only those of RSA decrypt');
}
