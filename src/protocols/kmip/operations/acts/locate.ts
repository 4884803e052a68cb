import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { masks } from '../../registry/masks.ts';
import { tags } from '../../registry/tags.ts';
import { attributeList } from '../attributes/spelling.ts';
import { since, type Operation } from '../model/context.ts';
import { failed, isFailure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { attribute, isDestroyed, settled, type ManagedObject } from '../model/object.ts';

/** Locate: which objects have all attributes of a request. */
export const locate: Operation = (payload, context) => {
  const { server, now, version } = context;
  const { habits } = server.settings;
  const wanted = attributeList(
    version === '1.4' ? payload : items.part(payload, tags.Attributes),
    context,
  );
  if (isFailure(wanted)) return wanted;
  const maximum = items.integerOf(payload, tags.MaximumItems) ?? Infinity;
  const offset = items.integerOf(payload, tags.OffsetItems) ?? 0;
  if (maximum < 0 || offset < 0) return failed('invalidField', 'no counts below zero');
  const status = items.integerOf(payload, tags.StorageStatusMask) ?? OnLineStorage;
  const member = items.enumerationOf(payload, tags.ObjectGroupMember);
  const found = [...server.objects.all()]
    .map((object) => settled(object, now))
    .filter((object) => (status & (isDestroyed(object) ? DestroyedStorage : OnLineStorage)) !== 0)
    .filter((object) => isMember(object, member) && hasAll(object, wanted));
  if (habits.locateOrder === 'youngestFirst') found.reverse();
  const page = found.slice(offset, offset + maximum);
  return [
    ...(habits.locatedItems === 'sent' && since(context, 1, 3)
      ? [items.integer(tags.LocatedItems, found.length)]
      : []),
    ...page.map(({ identifier }) => items.text(tags.UniqueIdentifier, identifier)),
  ];
};

const { OnLineStorage, DestroyedStorage } = masks.StorageStatusMask;

/** Of a group, those that nobody has yet; there are no default members here but them. */
function isMember(object: ManagedObject, member: number | undefined): boolean {
  const isFresh = member === enumerations.ObjectGroupMember.GroupMemberFresh;
  return !isFresh || attribute(object, tags.Fresh)?.value === true;
}

/** A date that is given twice is a range; all else is to be there as it is given. */
function hasAll(object: ManagedObject, wanted: readonly Item[]): boolean {
  return wanted.every((item) => {
    const own = object.attributes.filter(({ tag }) => tag === item.tag);
    const same = wanted.filter(({ tag }) => tag === item.tag);
    if (item.type === 'DateTime' && same.length === 2)
      return own.some((one) => isWithin(one, same));
    return own.some((one) => isMatch(one, item));
  });
}

function isWithin(own: Item, borders: readonly Item[]): boolean {
  if (own.type !== 'DateTime') return false;
  const values = borders.flatMap((item) => (item.type === 'DateTime' ? [item.value] : []));
  return values.some((value) => value <= own.value) && values.some((value) => value >= own.value);
}

/** Of a mask all bits, of a structure all fields that are given, of all else the very value. */
function isMatch(own: Item, wanted: Item): boolean {
  if (own.tag !== wanted.tag || own.type !== wanted.type) return false;
  if (wanted.tag === tags.CryptographicUsageMask && wanted.type === 'Integer') {
    return own.type === 'Integer' && (own.value & wanted.value) === wanted.value;
  }
  return wanted.type === 'Structure'
    ? wanted.value.every((field) => items.parts(own).some((each) => isMatch(each, field)))
    : items.sameItem(own, wanted);
}
