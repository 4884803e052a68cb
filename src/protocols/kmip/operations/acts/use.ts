import { enumerations } from '../../registry/enumerations.ts';
import { masks } from '../../registry/masks.ts';
import { tags } from '../../registry/tags.ts';
import type { Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import {
  attribute,
  dateAttribute,
  stateOf,
  withAttributes,
  type ManagedObject,
} from '../model/object.ts';
import { stateAfter } from './objects.ts';

/** What a key is used for. */
export interface Use {
  readonly deed: 'protect' | 'unprotect';
  /** The bit of the Cryptographic Usage Mask that allows it. */
  readonly use: keyof typeof masks.CryptographicUsageMask;
}

/** Why a key may not be used so now: its state, its dates, its mask. */
export function useFailure(
  object: ManagedObject,
  { deed, use }: Use,
  context: Context,
): Failure | null {
  const state = stateAfter(object, deed);
  if (isFailure(state) && !isAllowedLate(object, deed, context)) return state;
  const { now } = context;
  if (deed === 'protect' && (dateAttribute(object, tags.ProtectStopDate) ?? now + 1n) <= now) {
    return failed('wrongState', 'the Protect Stop Date has passed');
  }
  if (deed === 'unprotect' && (dateAttribute(object, tags.ProcessStartDate) ?? now) > now) {
    return failed('wrongState', 'the Process Start Date is still to come');
  }
  const mask = attribute(object, tags.CryptographicUsageMask);
  const bits = mask?.type === 'Integer' ? mask.value : 0;
  return (bits & masks.CryptographicUsageMask[use]) === 0
    ? failed('usageMask', 'the key is not for that use')
    : null;
}

/** The standard leaves it to the server whether what was protected once may still be read. */
function isAllowedLate(object: ManagedObject, deed: Use['deed'], { server }: Context): boolean {
  const { Deactivated, Compromised } = enumerations.State;
  const late: readonly number[] = [Deactivated, Compromised];
  return (
    deed === 'unprotect' &&
    server.settings.habits.processInactive === 'allowed' &&
    late.includes(stateOf(object))
  );
}

/** Counts a use of a key down, where its uses are limited. */
export function countUse(
  object: ManagedObject,
  dataBytes: number,
  { server }: Context,
): Failure | null {
  const limits = attribute(object, tags.UsageLimits);
  const left = items.longOf(limits, tags.UsageLimitsCount);
  if (limits === undefined || left === undefined) return null;
  const unit = items.enumerationOf(limits, tags.UsageLimitsUnit);
  const used = unit === enumerations.UsageLimitsUnit.Byte ? BigInt(dataBytes) : 1n;
  if (used > left) return failed('usageLimit', `only ${left} uses are left`);
  const counted = items.structure(
    tags.UsageLimits,
    items
      .parts(limits)
      .map((item) =>
        item.tag === tags.UsageLimitsCount ? items.long(item.tag, left - used) : item,
      ),
  );
  server.objects.put(object.identifier, withAttributes(object, [counted]));
  return null;
}
