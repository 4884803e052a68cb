import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { dataIn } from './data.ts';

/** RNG Retrieve: random bytes. */
export const rngRetrieve: Operation = (payload, { random, server, batch }) => {
  const length = items.integerOf(payload, tags.DataLength) ?? 0;
  if (length < 0) return failed('invalidField', 'no length below zero');
  if (length > server.settings.dataLimit) return failed('serverLimit', 'so much is not given');
  const data = random.bytes(length);
  batch.outputs.set(enumerations.Data.RNGRetrieve, data);
  return [items.bytes(tags.Data, data)];
};

/**
 * RNG Seed: how much of the seed is used. Chance comes from elsewhere in truth, so that a run can
 * be repeated; the answer is the one that was chosen.
 */
export const rngSeed: Operation = (payload, context) => {
  const data = dataIn(payload, context);
  if (isFailure(data)) return data;
  if (data === undefined) return failed('missingData', 'Data is missing');
  const { seeding } = context.server.settings.habits;
  if (seeding === 'refused') return failed('permissionDenied', 'nobody may seed');
  const used = { ignored: 0, partly: data.length >> 1, whole: data.length }[seeding];
  return [items.integer(tags.DataLength, used)];
};
