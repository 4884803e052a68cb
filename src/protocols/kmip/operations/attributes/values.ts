import type { Item, Tag } from '../../tree.ts';
import { tagName } from '../../registry/tag-names.ts';
import { tags } from '../../registry/tags.ts';
import { itemFailure } from '../message/fields.ts';
import type { Context } from '../model/context.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { isDestroyed, type ManagedObject } from '../model/object.ts';

/** What is wrong with the value of an attribute: its type, its fields, its range. */
export function valueFailure(item: Item, { version, server }: Context): Failure | null {
  // Of 1.x, a vendor's attribute was put into this form here: there is nothing to be wrong.
  if (item.tag === tags.Attribute && version === '1.4') return null;
  const name = tagName(item.tag, version);
  if (name === undefined) return failed('unknownAttribute', 'no such attribute');
  const wrong = itemFailure(item, name, { version, habits: server.settings.habits });
  if (wrong?.trouble === 'wrongType') return failed('attributeType', wrong.message);
  if (wrong?.trouble === 'unknownEnumeration') return wrong;
  if (wrong !== null) return failed('attributeValue', wrong.message);
  const isNegative =
    item.type === 'Integer' && item.tag === tags.CryptographicLength && item.value <= 0;
  return isNegative ? failed('attributeValue', `${name} is not positive`) : null;
}

/** Whether a set of attributes ends before it begins. */
export function orderFailure(attributes: readonly Item[]): Failure | null {
  const date = (tag: Tag) => {
    const item = attributes.find((each) => each.tag === tag);
    return item?.type === 'DateTime' ? item.value : undefined;
  };
  const begin = date(tags.ActivationDate);
  const end = date(tags.DeactivationDate);
  return begin !== undefined && end !== undefined && end < begin
    ? failed('attributeValue', 'the Deactivation Date is before the Activation Date')
    : null;
}

/** Whether a Name is another object's already (or this one's). */
export function nameFailure(item: Item, { server }: Context): Failure | null {
  if (item.tag !== tags.Name || server.settings.habits.names === 'shared') return null;
  const value = items.textOf(item, tags.NameValue);
  for (const object of server.objects.all()) {
    if (isNamed(object, value)) return failed('nameTaken', 'that name is taken');
  }
  return null;
}

function isNamed(object: ManagedObject, value: string | undefined): boolean {
  return (
    !isDestroyed(object) &&
    object.attributes.some(
      (item) => item.tag === tags.Name && items.textOf(item, tags.NameValue) === value,
    )
  );
}
