import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { failed } from '../model/failure.ts';
import * as items from '../model/items.ts';

/** RNG Retrieve: random bytes. */
export const rngRetrieve: Operation = (payload, { random, server, batch }) => {
  const length = items.integerOf(payload, tags.DataLength) ?? 0;
  if (length < 0) return failed('invalidField', 'no length below zero');
  if (length > server.settings.dataLimit) return failed('serverLimit', 'so much is not given');
  const data = random.bytes(length);
  batch.outputs.set(enumerations.Data.RNGRetrieve, data);
  return [items.bytes(tags.Data, data)];
};

/** RNG Seed: taken, and none of it used; chance comes from elsewhere. */
export const rngSeed: Operation = () => [items.integer(tags.DataLength, 0)];
