import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import type { Context } from '../model/context.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { dateAttribute, stateOf, type ManagedObject } from '../model/object.ts';
import { ruleOf } from './rules.ts';
import { isMeant, referenceOf, type AttributeReference } from './spelling.ts';
import { nameFailure, orderFailure, valueFailure } from './values.ts';

/** The values of an attribute that an object has. */
export function valuesOf(object: ManagedObject, reference: AttributeReference): readonly Item[] {
  return object.attributes.filter((item) => isMeant(item, reference));
}

/** The object with one value of an attribute more. */
export function withAdded(
  object: ManagedObject,
  item: Item,
  context: Context,
): ManagedObject | Failure {
  const client = ruleOf(item.tag)?.client ?? 'reads';
  if (client === 'reads' || client === 'sets') return readOnly();
  const wrong = valueFailure(item, context);
  if (wrong !== null) return wrong;
  const before = valuesOf(object, referenceOf(item));
  const isMany = ruleOf(item.tag)?.many === true;
  if (before.length > 0 && !isMany) {
    return failed('attributeSingleValued', 'the attribute has a value already');
  }
  const refused = nameFailure(item, context) ?? momentFailure(object, item, context);
  if (refused !== null) return refused;
  if (before.some((each) => items.sameItem(each, item))) {
    return failed('attributeValue', 'the attribute has that value already');
  }
  const attributes = [...object.attributes, counted(item)];
  return orderFailure(attributes) ?? { ...object, attributes };
}

/** The object with one value of an attribute in the place of another. */
export function withReplaced(
  object: ManagedObject,
  [before, item]: readonly [before: Item, item: Item],
  context: Context,
): ManagedObject | Failure {
  const client = ruleOf(item.tag)?.client ?? 'reads';
  if (client === 'reads' || client === 'sets') return readOnly();
  const wrong =
    valueFailure(item, context) ??
    (items.sameItem(before, item) ? null : nameFailure(item, context)) ??
    momentFailure(object, item, context);
  if (wrong !== null) return wrong;
  const attributes = object.attributes.map((each) => (each === before ? counted(item) : each));
  return orderFailure(attributes) ?? withFlags({ ...object, attributes });
}

/** The object without some values of one attribute. */
export function withoutValues(
  object: ManagedObject,
  values: readonly Item[],
): ManagedObject | Failure {
  if (values.some((item) => ruleOf(item.tag)?.client !== 'rules')) return readOnly();
  return { ...object, attributes: object.attributes.filter((item) => !values.includes(item)) };
}

const readOnly = () => failed('attributeReadOnly', 'a client may not change this attribute');

/** Dates that have begun to count are not changed any more. */
export function momentFailure(object: ManagedObject, item: Item, { now }: Context): Failure | null {
  const { PreActive, Active } = enumerations.State;
  const state = stateOf(object);
  const past = (dateAttribute(object, item.tag) ?? now) < now;
  const late =
    (item.tag === tags.ActivationDate && state !== PreActive) ||
    (item.tag === tags.DeactivationDate && state !== PreActive && state !== Active) ||
    ((item.tag === tags.ProcessStartDate || item.tag === tags.ProtectStopDate) &&
      ((state !== PreActive && state !== Active) || past));
  return late ? failed('wrongState', 'it is too late to change this date') : null;
}

/** Usage Limits are counted down from their total. */
export function counted(item: Item): Item {
  if (item.tag !== tags.UsageLimits) return item;
  const total = items.longOf(item, tags.UsageLimitsTotal);
  const count = items.longOf(item, tags.UsageLimitsCount) ?? total;
  const unit = items.part(item, tags.UsageLimitsUnit);
  return items.structure(tags.UsageLimits, [
    total === undefined ? null : items.long(tags.UsageLimitsTotal, total),
    count === undefined ? null : items.long(tags.UsageLimitsCount, count),
    unit,
  ]);
}

/** What was open once was not always sensitive, what could go out once not never extractable. */
function withFlags(object: ManagedObject): ManagedObject {
  const value = (tag: number) =>
    object.attributes.some((item) => item.tag === tag && item.value === true);
  const attributes = object.attributes.map((item) => {
    if (item.tag === tags.AlwaysSensitive && !value(tags.Sensitive)) {
      return items.boolean(item.tag, false);
    }
    const wasExtractable = item.tag === tags.NeverExtractable && value(tags.Extractable);
    return wasExtractable ? items.boolean(item.tag, false) : item;
  });
  return { ...object, attributes };
}
