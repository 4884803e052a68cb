import type { Item, Tag } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import { identifierIn } from '../message/placeholders.ts';
import type { Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { lifecycle, stateName, type Deed } from '../model/lifecycle.ts';
import { settled, stateOf, touched, type ManagedObject } from '../model/object.ts';
import { enumerations } from '../../registry/enumerations.ts';

/** The object that a request is about, as it is now. */
export function objectIn(
  payload: Item,
  context: Context,
  tag: Tag = tags.UniqueIdentifier,
): ManagedObject | Failure {
  const identifier = identifierIn(payload, context, tag);
  return isFailure(identifier) ? identifier : objectNamed(identifier, context);
}

/** The object of an identifier, as it is now. */
export function objectNamed(identifier: string, context: Context): ManagedObject | Failure {
  const object = context.server.objects.at(identifier);
  return object === undefined
    ? failed('objectNotFound', 'no such object')
    : settled(object, context.now);
}

/** Keeps an object that was changed now. */
export function keepChanged(object: ManagedObject, { server, now }: Context): void {
  server.objects.put(object.identifier, touched(object, now));
}

/** The state that a deed leads an object to, or why it is refused. */
export function stateAfter(object: ManagedObject, deed: Deed): number | Failure {
  const before = stateName(stateOf(object));
  const after = lifecycle[before][deed];
  return typeof after === 'string'
    ? enumerations.State[after]
    : failed(after.refused, `the object is ${before}`);
}

/** An answer that says no more than which object it was. */
export function answered(object: ManagedObject): readonly Item[] {
  return [items.text(tags.UniqueIdentifier, object.identifier)];
}
