import { HarnessError } from '#src/base/errors.ts';
import { isJsonObject, type Json } from '#src/base/json.ts';
import { stepName } from './item-path.ts';
import { enumerationName, enumerationNamed } from './registry/enumeration-names.ts';
import { tagNamed } from './registry/tag-names.ts';
import { tagTypes } from './registry/tag-types.ts';
import { tags } from './registry/tags.ts';
import type { Item, ItemType, Structure, Tag, Version } from './tree.ts';

/** What objects were made of: whoever moves one moves all of it, in its own order. */
const origins = new WeakMap<object, Structure>();

/** A structure as an object: byte strings in hexadecimal, enumerations by name. */
export function membersOf(item: Structure, version: Version): Json {
  const lists = new Map<string, Json[]>();
  for (const child of item.value) {
    const name = stepName(child.tag);
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    list.push(child.type === 'Structure' ? membersOf(child, version) : leafOf(child, version));
  }
  const members = Object.fromEntries(
    [...lists].map(([name, list]): [string, Json] => [
      name,
      isList(name, list) ? list : (list[0] ?? null),
    ]),
  );
  origins.set(members, item);
  return members;
}

/** Batches are lists however many items they have. */
function isList(name: string, list: readonly Json[]): boolean {
  return list.length > 1 || name === 'BatchItem';
}

/** How an item that is made of members is to be. */
interface Form {
  /** What stood there; fields keep its order. */
  readonly like: Item;
  readonly version: Version;
}

/**
 * The item that members say.
 * @throws HarnessError `usage` for a name or a value that there is not.
 */
export function treeOf(members: Json, { like, version }: Form): Item {
  if (like.type !== 'Structure') return leafFrom(members, like, version);
  if (!isJsonObject(members)) throw wrong(like.tag, 'an object', members);
  const same = origins.get(members);
  if (same !== undefined) return { ...same, tag: like.tag };
  const left = new Map(
    Object.entries(members).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value] : [value],
    ]),
  );
  const kept = like.value.flatMap((child) => {
    const next = left.get(stepName(child.tag))?.shift();
    return next === undefined ? [] : [treeOf(next, { like: child, version })];
  });
  const added = [...left].flatMap(([name, values]) =>
    values.map((value) => newItem(name, value, version)),
  );
  return { ...like, value: [...kept, ...added] };
}

/** A field that was not there before. */
function newItem(name: string, value: Json, version: Version): Item {
  const tag = tagNamed(name, version);
  if (tag === undefined) throw new HarnessError('usage', `KMIP ${version} has no ${name}`);
  const [type = 'Structure'] = tagTypes(tag, version);
  return treeOf(value, { like: emptyItem(tag, type), version });
}

function emptyItem(tag: Tag, type: ItemType): Item {
  switch (type) {
    case 'Structure':
      return { tag, type, value: [] };
    case 'Integer':
    case 'Enumeration':
    case 'Interval':
      return { tag, type, value: 0 };
    case 'LongInteger':
    case 'BigInteger':
    case 'DateTime':
    case 'DateTimeExtended':
      return { tag, type, value: 0n };
    case 'Boolean':
      return { tag, type, value: false };
    case 'TextString':
      return { tag, type, value: '' };
    case 'ByteString':
      return { tag, type, value: new Uint8Array(0) };
  }
}

type Leaf = Exclude<Item, Structure>;

function leafOf(item: Leaf, version: Version): Json {
  if (item.type === 'ByteString') return Buffer.from(item.value).toString('hex');
  if (item.type !== 'Enumeration') return item.value;
  return enumerationName(item.tag, item.value, version) ?? item.value;
}

function leafFrom(value: Json, like: Leaf, version: Version): Item {
  const { tag } = like;
  switch (like.type) {
    case 'Integer':
    case 'Interval':
      if (typeof value !== 'number' || !Number.isInteger(value))
        throw wrong(tag, 'a whole number', value);
      return { ...like, value };
    case 'LongInteger':
    case 'BigInteger':
    case 'DateTime':
    case 'DateTimeExtended':
      if (typeof value === 'bigint') return { ...like, value };
      if (typeof value !== 'number' || !Number.isInteger(value))
        throw wrong(tag, 'a whole number', value);
      return { ...like, value: BigInt(value) };
    case 'Enumeration': {
      const meant = typeof value === 'string' ? enumerationNamed(tag, value, version) : value;
      if (typeof meant !== 'number') throw wrong(tag, 'one of its values', value);
      return { ...like, value: meant };
    }
    case 'Boolean':
      if (typeof value !== 'boolean') throw wrong(tag, 'true or false', value);
      return { ...like, value };
    case 'TextString':
      if (typeof value !== 'string') throw wrong(tag, 'a text', value);
      return { ...like, value };
    case 'ByteString':
      if (typeof value !== 'string' || !/^([\da-f]{2})*$/i.test(value))
        throw wrong(tag, 'hexadecimal', value);
      return { ...like, value: new Uint8Array(Buffer.from(value, 'hex')) };
  }
}

function wrong(tag: Tag, expected: string, value: Json): HarnessError {
  const name = tag === tags.KeyMaterial ? 'key material' : stepName(tag);
  const got = Array.isArray(value) ? 'a list' : typeof value;
  return new HarnessError('usage', `${name} takes ${expected}, not ${got}`);
}
