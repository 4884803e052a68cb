import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import { failed, isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { attribute, isDestroyed } from '../model/object.ts';
import { answered, objectIn } from './objects.ts';

/** Check: may the object be used so? */
export const check: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  if (isDestroyed(object)) return failed('objectDestroyed', 'the object is destroyed');
  const mask = items.integerOf(payload, tags.CryptographicUsageMask) ?? 0;
  const own = attribute(object, tags.CryptographicUsageMask);
  const allowed = own?.type === 'Integer' ? own.value : 0;
  if ((mask & ~allowed) !== 0) return failed('usageMask', 'the object is not for that use');
  const count = items.longOf(payload, tags.UsageLimitsCount);
  const left = items.longOf(attribute(object, tags.UsageLimits), tags.UsageLimitsCount);
  if (count !== undefined && left !== undefined && count > left) {
    return failed('usageLimit', `only ${left} uses are left`);
  }
  const lease = items.intervalOf(payload, tags.LeaseTime);
  if (lease !== undefined && lease > context.server.settings.leaseTimeSeconds) {
    return failed('leaseTime', 'no lease is that long');
  }
  return answered(object);
};
