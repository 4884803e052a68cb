import { tags } from '../../registry/tags.ts';
import type { Item } from '../../tree.ts';
import { valuesOf } from '../attributes/changes.ts';
import {
  attributesFor,
  referenceFrom,
  referencesFor,
  type AttributeReference,
} from '../attributes/spelling.ts';
import type { Context, Operation } from '../model/context.ts';
import { isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { answered, objectIn } from './objects.ts';

/** Get Attributes: those that are named, or all. What an object has not is left out. */
export const getAttributes: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const named = namedIn(payload, context);
  const list =
    named === null ? object.attributes : named.flatMap((reference) => valuesOf(object, reference));
  return [...answered(object), ...attributesFor([...new Set(list)], context)];
};

/** Get Attribute List: which attributes the object has. */
export const getAttributeList: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  return [...answered(object), ...referencesFor(object.attributes, context)];
};

/** `null`: none are named, which means all. Names that nobody knows are those of no attribute. */
function namedIn(payload: Item, context: Context): readonly AttributeReference[] | null {
  const tag = context.version === '1.4' ? tags.AttributeName : tags.AttributeReference;
  const given = items.all(payload, tag);
  if (given.length === 0) return null;
  return given.flatMap((item) => {
    const reference = referenceFrom(item, context);
    return isFailure(reference) ? [] : [reference];
  });
}
