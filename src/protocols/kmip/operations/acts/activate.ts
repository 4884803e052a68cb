import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { withAttributes } from '../model/object.ts';
import { answered, keepChanged, objectIn, stateAfter } from './objects.ts';

/** Activate: from Pre-Active on, a key may be used. */
export const activate: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const state = stateAfter(object, 'activate');
  if (isFailure(state)) return state;
  const changes = [
    items.enumeration(tags.State, state),
    items.dateTime(tags.ActivationDate, context.now),
  ];
  keepChanged(withAttributes(object, changes), context);
  return answered(object);
};
