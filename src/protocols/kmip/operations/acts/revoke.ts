import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { dateAttribute, isRevoked, withAttributes } from '../model/object.ts';
import { answered, keepChanged, objectIn, stateAfter } from './objects.ts';

/** Revoke: an object is used no more; after a compromise it is called Compromised. */
export const revoke: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const reason = items.structureOf(payload, tags.RevocationReason);
  const code = items.enumerationOf(reason, tags.RevocationReasonCode);
  const isCompromise = code === codes.KeyCompromise || code === codes.CACompromise;
  const state = stateAfter(object, isCompromise ? 'compromise' : 'revoke');
  const isDone = isFailure(state) && isRevoked(object);
  if (isDone && context.server.settings.habits.revokeAgain === 'accepted') return answered(object);
  if (isFailure(state)) return state;
  const occurred =
    items.dateOf(payload, tags.CompromiseOccurrenceDate) ??
    dateAttribute(object, tags.InitialDate) ??
    context.now;
  const dates: readonly Item[] = isCompromise
    ? [
        items.dateTime(tags.CompromiseDate, context.now),
        items.dateTime(tags.CompromiseOccurrenceDate, occurred),
      ]
    : [items.dateTime(tags.DeactivationDate, context.now)];
  const changes = [items.enumeration(tags.State, state), ...dates];
  keepChanged(
    withAttributes(object, reason === undefined ? changes : [...changes, reason]),
    context,
  );
  return answered(object);
};

const codes = enumerations.RevocationReasonCode;
