import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attempt } from '../cryptography/attempt.ts';
import { hashName, parametersOf } from '../cryptography/parameters.ts';
import { digestOf } from '../cryptography/rsa.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { partIn, streamAfter } from './streaming.ts';

/** Hash: without any object. */
export const hash: Operation = (payload, context) => {
  const owner = { operation: enumerations.Operation.Hash, identifier: undefined };
  const part = partIn(payload, owner, context);
  if (isFailure(part)) return part;
  const { data } = part;
  if (data === undefined) return failed('missingData', 'Data is missing');
  const code = parametersOf(part.fields, null).hash;
  const name = hashName(code);
  if (code === undefined) return failed('badParameters', 'no Hashing Algorithm is given');
  if (name === undefined) return failed('unsupportedParameters', `no Hashing Algorithm ${code}`);
  const stream = streamAfter(part, owner, { sentBytes: 0, context });
  if (isFailure(stream) || !part.isLast) return stream;
  const result = attempt(() => digestOf(name, data), 'hashing failed');
  if (isFailure(result)) return result;
  context.batch.outputs.set(enumerations.Data.Hash, result);
  return [items.bytes(tags.Data, result)];
};
