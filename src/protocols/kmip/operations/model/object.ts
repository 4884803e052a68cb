import type { Item, Structure, Tag } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { dateTime, enumeration } from './items.ts';

/** An object that the server keeps. Never changed: a change makes another one. */
export interface ManagedObject {
  readonly identifier: string;
  readonly objectType: number;
  /** The object itself (`SymmetricKey`, `Certificate`…); `null` since it was destroyed. */
  readonly body: Structure | null;
  /** All attributes, each under its own tag as KMIP 2.x writes them. */
  readonly attributes: readonly Item[];
}

export function attribute(object: ManagedObject, tag: Tag): Item | undefined {
  return object.attributes.find((item) => item.tag === tag);
}

/** The object with single-valued attributes set to other values. */
export function withAttributes(object: ManagedObject, items: readonly Item[]): ManagedObject {
  const changed = new Set(items.map((item) => item.tag));
  const others = object.attributes.filter((item) => !changed.has(item.tag));
  return { ...object, attributes: [...others, ...items] };
}

export function stateOf(object: ManagedObject): number {
  const state = attribute(object, tags.State);
  return state?.type === 'Enumeration' ? state.value : enumerations.State.PreActive;
}

export function dateAttribute(object: ManagedObject, tag: Tag): bigint | undefined {
  const date = attribute(object, tag);
  return date?.type === 'DateTime' ? date.value : undefined;
}

export function isDestroyed(object: ManagedObject): boolean {
  const state = stateOf(object);
  const { Destroyed, DestroyedCompromised } = enumerations.State;
  return state === Destroyed || state === DestroyedCompromised;
}

/** Whether an object was in use, and is no more, but still there. */
export function isRevoked(object: ManagedObject): boolean {
  const state = stateOf(object);
  const { Deactivated, Compromised } = enumerations.State;
  return state === Deactivated || state === Compromised;
}

/** The object as it is now: dates that have passed since have moved it on. */
export function settled(object: ManagedObject, now: bigint): ManagedObject {
  const { PreActive, Active, Deactivated } = enumerations.State;
  const passed = (tag: Tag) => (dateAttribute(object, tag) ?? now + 1n) <= now;
  let state = stateOf(object);
  if (state === PreActive && passed(tags.ActivationDate)) state = Active;
  if (state === Active && passed(tags.DeactivationDate)) state = Deactivated;
  return state === stateOf(object)
    ? object
    : withAttributes(object, [enumeration(tags.State, state)]);
}

/** The object changed now. */
export function touched(object: ManagedObject, now: bigint): ManagedObject {
  return withAttributes(object, [dateTime(tags.LastChangeDate, now)]);
}
