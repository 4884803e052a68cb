import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { encrypted, type Cipher } from '../cryptography/ciphers.ts';
import { keyObjectOf } from '../cryptography/asymmetric-keys.ts';
import { parametersOf, type Parameters } from '../cryptography/parameters.ts';
import { rsaEncrypted } from '../cryptography/rsa.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import type { ManagedObject } from '../model/object.ts';
import { keyAndCipher } from './key-and-cipher.ts';
import { answered, objectIn } from './objects.ts';
import { partIn, streamAfter, type Part } from './streaming.ts';
import { countUse, useFailure } from './use.ts';

/** Encrypt: with a symmetric key, or with a public one. */
export const encrypt: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'protect', use: 'Encrypt' }, context);
  if (unusable !== null) return unusable;
  const owner = { operation: enumerations.Operation.Encrypt, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (part.data === undefined) return failed('missingData', 'Data is missing');
  const counted = countUse(object, part.data.length - part.sentBytes, context);
  if (counted !== null) return counted;
  const run = { object, part, parameters: parametersOf(part.fields, object) };
  const isSymmetric = object.objectType === enumerations.ObjectType.SymmetricKey;
  const result = isSymmetric
    ? symmetric(run, part.data, context)
    : asymmetric(run, part.data, context);
  if (isFailure(result)) return result;
  const data = result.data.subarray(part.sentBytes);
  context.batch.outputs.set(enumerations.Data.Encrypt, data);
  const stream = streamAfter(result.part, owner, { sentBytes: result.data.length, context });
  if (isFailure(stream)) return stream;
  return [
    ...answered(object),
    items.bytes(tags.Data, data),
    ...(result.iv === undefined ? [] : [items.bytes(tags.IVCounterNonce, result.iv)]),
    ...stream,
    ...(result.tag === undefined || !part.isLast
      ? []
      : [items.bytes(tags.AuthenticatedEncryptionTag, result.tag)]),
  ];
};

interface Run {
  readonly object: ManagedObject;
  readonly part: Part;
  readonly parameters: Parameters;
}

interface Result {
  /** From the first part on. */
  readonly data: Uint8Array;
  /** Where the server chose it now. */
  readonly iv?: Uint8Array | undefined;
  readonly tag?: Uint8Array | undefined;
  /** With the chosen initialization vector among its fields. */
  readonly part: Part;
}

function symmetric(run: Run, data: Uint8Array, context: Context): Result | Failure {
  const { parameters } = run;
  const both = keyAndCipher(run.object, parameters);
  if (isFailure(both)) return both;
  const { key, cipher } = both;
  const chosen = chosenIv(run, cipher, context);
  const part = chosen === undefined ? run.part : withIv(run.part, chosen);
  const isWhole = part.isLast || cipher.kind !== 'blocks';
  const result = encrypted(cipher, {
    key,
    parameters: isWhole ? parameters : { ...parameters, padding: undefined },
    iv: items.bytesOf(part.fields, tags.IVCounterNonce),
    additionalData: items.bytesOf(part.fields, tags.AuthenticatedEncryptionAdditionalData),
    data: isWhole ? data : data.subarray(0, data.length - (data.length % cipher.blockBytes)),
  });
  if (isFailure(result)) return result;
  return { data: result.data, tag: result.tag, iv: chosen, part };
}

/** Random IV: the server chooses, once for all parts. */
function chosenIv(
  { parameters, part }: Run,
  cipher: Cipher,
  { random }: Context,
): Uint8Array | undefined {
  const isGiven = items.part(part.fields, tags.IVCounterNonce) !== undefined;
  if (isGiven || !parameters.randomIv || cipher.ivBytes === 0) return undefined;
  const length = cipher.kind === 'authenticated' ? (parameters.ivBytes ?? cipher.ivBytes) : 0;
  return random.bytes(length >= 1 && length <= 16 ? Math.floor(length) : cipher.ivBytes);
}

function withIv(part: Part, iv: Uint8Array): Part {
  const chosen = items.bytes(tags.IVCounterNonce, iv);
  return { ...part, fields: { ...part.fields, value: [...part.fields.value, chosen] } };
}

function asymmetric(
  { object, part, parameters }: Run,
  data: Uint8Array,
  context: Context,
): Result | Failure {
  if (!part.isLast || part.correlation !== undefined) return noParts();
  const key = keyObjectOf(object);
  if (isFailure(key)) return key;
  if (key.type !== 'public') return failed('wrongObjectType', 'a private key does not encrypt');
  if (key.asymmetricKeyType !== 'rsa') {
    return failed('unsupportedParameters', 'of public keys only those of RSA encrypt');
  }
  const result = rsaEncrypted(key, data, { parameters, random: context.random });
  return isFailure(result) ? result : { data: result, part };
}

const noParts = () => failed('unsupportedParameters', 'public keys do not work in several parts');
