import type { Item, Structure } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import { valuesOf, withAdded, withoutValues, withReplaced } from '../attributes/changes.ts';
import {
  attributeFrom,
  attributeOfOne,
  nameOfOne,
  referenceFrom,
  referenceOf,
  type GivenAttribute,
} from '../attributes/spelling.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { isDestroyed, type ManagedObject } from '../model/object.ts';
import { answered, keepChanged, objectIn } from './objects.ts';

/** Add Attribute: one value more. */
export const addAttribute: Operation = (payload, context) => {
  const both = readFor(payload, tags.NewAttribute, context);
  if (isFailure(both)) return both;
  const { object, given } = both;
  if (given.index !== undefined) return failed('invalidField', 'the server counts the values');
  const changed = withAdded(object, given.item, context);
  if (isFailure(changed)) return changed;
  keepChanged(changed, context);
  const index = valuesOf(changed, referenceOf(given.item)).length - 1;
  return [...answered(object), ...echo(given.item, { index, context })];
};

/** Modify Attribute: another value in the place of one. */
export const modifyAttribute: Operation = (payload, context) => {
  const both = readFor(payload, tags.NewAttribute, context);
  if (isFailure(both)) return both;
  const { object, given } = both;
  const before = chosenIn(payload, both, context);
  if (isFailure(before)) return before;
  const changed = withReplaced(object, [before, given.item], context);
  if (isFailure(changed)) return changed;
  keepChanged(changed, context);
  return [...answered(object), ...echo(given.item, { index: given.index ?? 0, context })];
};

/** Set Attribute (2.0): the only value of an attribute, whether it had one or not. */
export const setAttribute: Operation = (payload, context) => {
  const both = readFor(payload, tags.NewAttribute, context);
  if (isFailure(both)) return both;
  const { object, given } = both;
  const values = valuesOf(object, referenceOf(given.item));
  if (values.length > 1) return failed('attributeManyValued', 'the attribute has several values');
  const [before] = values;
  const changed =
    before === undefined
      ? withAdded(object, given.item, context)
      : withReplaced(object, [before, given.item], context);
  if (isFailure(changed)) return changed;
  keepChanged(changed, context);
  return answered(object);
};

/** Delete Attribute: in 1.x one value; in 2.x one, or all of an attribute. */
export const deleteAttribute: Operation = (payload, context) => {
  const object = changeable(payload, context);
  if (isFailure(object)) return object;
  const values = deletedIn(payload, object, context);
  if (isFailure(values)) return values;
  const changed = withoutValues(object, values);
  if (isFailure(changed)) return changed;
  keepChanged(changed, context);
  const index = items.integerOf(payload, tags.AttributeIndex) ?? 0;
  return [...answered(object), ...values.flatMap((item) => echo(item, { index, context }))];
};

interface Both {
  readonly object: ManagedObject;
  readonly given: GivenAttribute;
}

/** The object and the attribute that a request names: in 2.x inside of `NewAttribute`. */
function readFor(payload: Structure, tag: number, context: Context): Both | Failure {
  const object = changeable(payload, context);
  if (isFailure(object)) return object;
  const given = attributeUnder(payload, tag, context);
  return isFailure(given) ? given : { object, given };
}

function attributeUnder(
  payload: Structure,
  tag: number,
  context: Context,
): GivenAttribute | Failure {
  const isOne = context.version === '1.4';
  const [item, more] = isOne
    ? items.all(payload, tags.Attribute)
    : items.parts(items.part(payload, tag));
  if (item === undefined || more !== undefined) {
    return failed('missingField', 'one attribute is wanted');
  }
  return attributeFrom(item, context);
}

function changeable(payload: Structure, context: Context): ManagedObject | Failure {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  return isDestroyed(object) ? failed('objectDestroyed', 'the object is destroyed') : object;
}

/** The value that is replaced: of several the one at an index (1.x), or the Current Attribute. */
function chosenIn(payload: Structure, { object, given }: Both, context: Context): Item | Failure {
  const values = valuesOf(object, referenceOf(given.item));
  if (values.length === 0) return failed('attributeNotFound', 'the object has no such attribute');
  if (items.part(payload, tags.CurrentAttribute) !== undefined) {
    const current = attributeUnder(payload, tags.CurrentAttribute, context);
    if (isFailure(current)) return current;
    return (
      values.find((item) => items.sameItem(item, current.item)) ??
      failed('attributeInstanceNotFound', 'the attribute has no such value')
    );
  }
  if (context.version !== '1.4' && values.length > 1) {
    return failed('attributeManyValued', 'which of its values?');
  }
  return (
    values[given.index ?? 0] ??
    failed('attributeInstanceNotFound', 'the attribute has not so many values')
  );
}

function deletedIn(
  payload: Structure,
  object: ManagedObject,
  context: Context,
): readonly Item[] | Failure {
  if (items.part(payload, tags.CurrentAttribute) !== undefined) {
    const current = attributeUnder(payload, tags.CurrentAttribute, context);
    if (isFailure(current)) return current;
    const same = valuesOf(object, referenceOf(current.item)).filter((item) =>
      items.sameItem(item, current.item),
    );
    return same.length > 0 ? same : failed('attributeInstanceNotFound', 'it has no such value');
  }
  const named =
    items.part(payload, tags.AttributeReference) ?? items.part(payload, tags.AttributeName);
  if (named === undefined) return failed('missingField', 'no attribute is named');
  const reference = referenceFrom(named, context);
  if (isFailure(reference)) return reference;
  const values = valuesOf(object, reference);
  if (values.length === 0) return failed('attributeNotFound', 'the object has no such attribute');
  if (context.version !== '1.4') return values;
  const one = values[items.integerOf(payload, tags.AttributeIndex) ?? 0];
  return one === undefined
    ? failed('attributeInstanceNotFound', 'the attribute has not so many values')
    : [one];
}

/** In 1.x the answer repeats the attribute. */
function echo(
  item: Item,
  { index, context }: { readonly index: number; readonly context: Context },
): readonly Item[] {
  return context.version === '1.4' ? [attributeOfOne(item, { name: nameOfOne(item), index })] : [];
}
