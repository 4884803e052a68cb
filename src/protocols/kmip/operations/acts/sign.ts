import type { Structure } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { keyObjectOf } from '../cryptography/asymmetric-keys.ts';
import { parametersOf } from '../cryptography/parameters.ts';
import { isSignature, signature, type Signed } from '../cryptography/signatures.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { dataIn } from './data.ts';
import { answered, objectIn } from './objects.ts';
import { partIn, streamAfter, type Part } from './streaming.ts';
import { countUse, useFailure } from './use.ts';

/** Sign: with a private key. */
export const sign: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'protect', use: 'Sign' }, context);
  if (unusable !== null) return unusable;
  const owner = { operation: enumerations.Operation.Sign, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (!part.isLast) {
    const stream = streamAfter(part, owner, { sentBytes: 0, context });
    return isFailure(stream) ? stream : [...answered(object), ...stream];
  }
  const signed = signedIn(part);
  if (isFailure(signed)) return signed;
  const key = keyObjectOf(object);
  if (isFailure(key)) return key;
  if (key.type !== 'private') return failed('wrongObjectType', 'only private keys sign');
  const parameters = parametersOf(part.fields, object);
  const result = signature(key, signed, { parameters, random: context.random });
  if (isFailure(result)) return result;
  const counted = countUse(object, signed.data?.length ?? 0, context);
  if (counted !== null) return counted;
  streamAfter(part, owner, { sentBytes: 0, context });
  context.batch.outputs.set(enumerations.Data.SignSignatureData, result);
  return [...answered(object), items.bytes(tags.SignatureData, result)];
};

/** Signature Verify: with a public key or a certificate. A wrong signature is an answer, too. */
export const signatureVerify: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const unusable = useFailure(object, { deed: 'unprotect', use: 'Verify' }, context);
  if (unusable !== null) return unusable;
  const { SignatureVerify } = enumerations.Operation;
  const owner = { operation: SignatureVerify, identifier: object.identifier };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  if (!part.isLast) {
    const stream = streamAfter(part, owner, { sentBytes: 0, context });
    return isFailure(stream) ? stream : [...answered(object), ...stream];
  }
  const signed = signedIn(part);
  if (isFailure(signed)) return signed;
  const given = signatureIn(part.fields, context);
  if (isFailure(given)) return given;
  const key = keyObjectOf(object);
  if (isFailure(key)) return key;
  if (key.type !== 'public') return failed('wrongObjectType', 'only public keys verify');
  const parameters = parametersOf(part.fields, object);
  const isValid = isSignature(key, signed, { parameters, signature: given });
  if (isFailure(isValid)) return isValid;
  streamAfter(part, owner, { sentBytes: 0, context });
  const { Valid, Invalid } = enumerations.ValidityIndicator;
  return [
    ...answered(object),
    items.enumeration(tags.ValidityIndicator, isValid ? Valid : Invalid),
  ];
};

/** Data, or instead of them their digest. */
function signedIn({ data, fields }: Part): Signed | Failure {
  const digest = items.bytesOf(fields, tags.DigestedData);
  if (data === undefined && digest === undefined) return failed('missingData', 'Data is missing');
  return { data, digest };
}

function signatureIn(fields: Structure, context: Context): Uint8Array | Failure {
  const given = dataIn(fields, context, tags.SignatureData);
  return given ?? failed('missingField', 'Signature Data is missing');
}
