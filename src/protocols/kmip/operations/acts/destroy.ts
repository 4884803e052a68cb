import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { withAttributes } from '../model/object.ts';
import { answered, keepChanged, objectIn, stateAfter } from './objects.ts';

/** Destroy: the material is gone, the attributes stay; with some servers they do not. */
export const destroy: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const state = stateAfter(object, 'destroy');
  if (isFailure(state)) return state;
  if (context.server.settings.habits.afterDestroy === 'nothing') {
    context.server.objects.remove(object.identifier);
    return answered(object);
  }
  const changes = [
    items.enumeration(tags.State, state),
    items.dateTime(tags.DestroyDate, context.now),
  ];
  keepChanged({ ...withAttributes(object, changes), body: null }, context);
  return answered(object);
};
