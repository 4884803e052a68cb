import { all, field, isFields, textAt, type Fields } from './fields.ts';
import { states, type State } from './lifecycle.ts';

/** A managed object, as far as it is known from what was said about it. */
export interface KnownObject {
  readonly id: string;
  /** `SymmetricKey` and so on; `null`: not known. */
  readonly type: string | null;
  /** The states that it may be in: one where that is known. */
  readonly states: readonly State[];
  /** Attributes that it has for certain, by their tags' names. */
  readonly attributes: Fields;
  /** Names of attributes that may be others by now, or gone. */
  readonly unclear?: readonly string[];
  /** True where it has been handed out: it is not Fresh any more. */
  readonly isServed?: true;
  /** The reasons for which it was revoked. */
  readonly revocations?: readonly string[];
  /** True where it may have any other attributes than these. */
  readonly isForeign: boolean;
  /** What was registered; `null` where the server made it. */
  readonly material: unknown;
  /** What it was used for last, by operation. */
  readonly used?: Readonly<Record<string, Use>>;
}

/** One use of a key: what was asked, and what came of it. */
export interface Use {
  readonly asked: unknown;
  readonly told: unknown;
}

/** What a batch works on. */
export interface World {
  readonly objects: readonly KnownObject[];
  /** The ID Placeholder; `null`: nothing was put there; `unclear`: it may hold anything. */
  readonly placeholder: string | null | 'unclear';
  /** True where objects were forgotten: of an identifier that is not here nothing is known. */
  readonly isPartial: boolean;
}

export const emptyWorld: World = { objects: [], placeholder: null, isPartial: false };

/** The object that an item is about. */
export type Target =
  | { readonly kind: 'known'; readonly object: KnownObject }
  /** An identifier of which nothing is known. */
  | { readonly kind: 'unknown' }
  /** No identifier, and none in the placeholder. */
  | { readonly kind: 'missing' }
  /** No identifier, and nobody can tell what the placeholder holds. */
  | { readonly kind: 'unclear' };

/** What an item's payload is about: its identifier, else the ID Placeholder. */
export function targetOf(world: World, payload: unknown): Target {
  const named = field(payload, 'UniqueIdentifier');
  if (isFields(named) || typeof named === 'number') return { kind: 'unclear' };
  if (typeof named === 'string' && named !== 'IDPlaceholder') return objectNamed(world, named);
  const { placeholder } = world;
  if (placeholder === null) return { kind: 'missing' };
  return placeholder === 'unclear' ? { kind: 'unclear' } : objectNamed(world, placeholder);
}

function objectNamed({ objects, isPartial }: World, id: string): Target {
  const object = objects.findLast((one) => one.id === id);
  if (object !== undefined) return { kind: 'known', object };
  return { kind: isPartial ? 'unclear' : 'unknown' };
}

/** Objects that are kept at most. */
const mostObjects = 256;

/** The world with an object added, or put in its place. */
export function withObject(world: World, object: KnownObject): World {
  const place = world.objects.findLastIndex(({ id }) => id === object.id);
  if (place >= 0) return { ...world, objects: world.objects.with(place, object) };
  if (world.objects.length < mostObjects) return { ...world, objects: [...world.objects, object] };
  return { ...world, objects: [...withoutOne(world.objects), object], isPartial: true };
}

/** Those that somebody else made are forgotten before others, the oldest first. */
function withoutOne(objects: readonly KnownObject[]): readonly KnownObject[] {
  const place = Math.max(
    0,
    objects.findIndex(({ isForeign }) => isForeign),
  );
  return objects.toSpliced(place, 1);
}

/** The world with an object changed. */
export function withChange(world: World, object: KnownObject, change: Partial<KnownObject>): World {
  return withObject(world, { ...object, ...change });
}

/** An object that is new, with the attributes that it was made with. */
export function newObject(
  id: string,
  type: string | null,
  attributes: Fields,
  material: unknown = null,
): KnownObject {
  return { id, type, states: ['PreActive'], attributes, isForeign: false, material };
}

/** An object that somebody else made. */
export function foreignObject(id: string): KnownObject {
  return { id, type: null, states, attributes: {}, isForeign: true, material: null };
}

/** The attributes of a payload. */
export function attributesOf(payload: unknown, name = 'Attributes'): Fields {
  const found = field(payload, name);
  return isFields(found) ? found : {};
}

/** The cryptographic uses that an object was made for; `null`: not known. */
export function usesOf({ attributes }: KnownObject): readonly string[] | null {
  const mask = textAt(attributes, 'CryptographicUsageMask');
  return mask === null ? null : mask.split('|').filter((use) => use !== '');
}

/** Whether a value is among those of an attribute. */
export function hasAttribute({ attributes }: KnownObject, name: string): boolean {
  return all(attributes, name).length > 0;
}
