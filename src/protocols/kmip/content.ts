import type { Fields } from '#models/kmip/index.ts';
import { inOne, inTwo } from './old-spelling.ts';
import { enumerationName, enumerationNamed } from './registry/enumeration-names.ts';
import { maskBits, maskNames } from './registry/mask-names.ts';
import { namingTag } from './registry/naming-tag.ts';
import { tagName, tagNamed } from './registry/tag-names.ts';
import { tagTypes } from './registry/tag-types.ts';
import { tags } from './registry/tags.ts';
import type { Item, ItemType, Structure, Tag, Version } from './tree.ts';

/**
 * A message as the model's `Fields`: in the vocabulary of KMIP 2.1, whatever its version.
 */
export function contentOf(message: Structure, version: Version): Fields {
  return fieldsOf(version === '1.4' ? inTwo(message) : message, version);
}

/** The message that fields are, as its version writes it. */
export function messageOf(tag: Tag, content: Fields, version: Version): Structure {
  const message = structureOf(tag, content, version);
  return version === '1.4' ? inOne(message) : message;
}

/**
 * A structure as the model's `Fields`: names to values, several of one tag as a list; a batch is
 * always a list. Which other tags stood between two of one tag is lost: whoever judges an order
 * looks at the tree.
 */
export function fieldsOf(structure: Structure, version: Version): Fields {
  if (!isAskedAgain(structure)) return readFields(structure, version);
  const known = read.get(structure);
  if (known?.version === version) return known.fields;
  const fields = readFields(structure, version);
  read.set(structure, { version, fields });
  return fields;
}

const read = new WeakMap<Structure, { readonly version: Version; readonly fields: Fields }>();

/** Messages are perceived by several, and their items looked at alone. */
function isAskedAgain({ tag }: Structure): boolean {
  return tag === tags.BatchItem || tag === tags.RequestMessage || tag === tags.ResponseMessage;
}

function readFields({ value }: Structure, version: Version): Fields {
  const fields: Record<string, unknown> = {};
  const lists = new Map<string, unknown[]>();
  let index = 0;
  for (const item of value) {
    const known = knowing(item.tag, version);
    const name = item.unknownName ?? tagName(item.tag, known) ?? hex(item.tag, 6);
    /** Only Attribute Values ask for what is before them. */
    const before = item.tag === tags.AttributeValue ? value.slice(0, index) : none;
    const said = valueOf(item, { version, known, before });
    const list = lists.get(name);
    if (list !== undefined) list.push(said);
    else if (Object.hasOwn(fields, name)) {
      const both = [fields[name], said];
      lists.set(name, both);
      fields[name] = both;
    } else if (item.tag === tags.BatchItem) {
      const one = [said];
      lists.set(name, one);
      fields[name] = one;
    } else fields[name] = said;
    index += 1;
  }
  return fields;
}

const none: readonly Item[] = [];

/** What an item is read by. */
interface Reading {
  readonly version: Version;
  /** The registry that has its tag. */
  readonly known: Version;
  readonly before: readonly Item[];
}

/** A value; with its type, where its tag does not tell it. */
function valueOf(item: Item, reading: Reading): unknown {
  const value = bareValueOf(item, reading);
  const isUsual = tagTypes(item.tag, reading.known)[0] === item.type;
  if (isUsual || isTold(item, value)) return value;
  return { type: item.type, value };
}

/** The registry that has a tag: that of 2.1 has what is spelt anew. */
function knowing(tag: Tag, version: Version): Version {
  return tagName(tag, version) === undefined ? '2.1' : version;
}

/** Names of enumerations and identifiers tell their type where both may stand. */
function isTold({ tag, type }: Item, value: unknown): boolean {
  return type === 'Enumeration' && tag !== tags.AttributeValue && value === 'IDPlaceholder';
}

function bareValueOf(item: Item, { version, before }: Reading): unknown {
  switch (item.type) {
    case 'Structure':
      return fieldsOf(item, version);
    case 'Enumeration': {
      const named = namingTag(item.tag, version, { before });
      const name = item.unknownValue ?? valueName(named, item.value, version);
      return name ?? hex(item.value, 8);
    }
    case 'Integer': {
      const names = maskNames(namingTag(item.tag, version, { before }), item.value, version);
      return names === undefined ? item.value : names.join('|');
    }
    case 'ByteString':
      return hexOf(item.value);
    case 'LongInteger':
    case 'BigInteger':
    case 'DateTime':
    case 'DateTimeExtended':
      return isSafe(item.value) ? Number(item.value) : item.value;
    default:
      return item.value;
  }
}

/** The name of 2.1, of what the version has; of an attribute that is gone, that of its tag. */
function valueName(tag: Tag, value: number, version: Version): string | undefined {
  const own = enumerationName(tag, value, knowing(tag, version));
  if (own === undefined && tag === tags.AttributeReference) return tagName(value, version);
  return own === undefined ? undefined : (enumerationName(tag, value, '2.1') ?? own);
}

function hexOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('hex');
}

function isSafe(value: bigint): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
}

/** The items that fields name, in their order. What has no form of its type becomes another type. */
export function itemsOf(fields: Fields, version: Version): readonly Item[] {
  const items: Item[] = [];
  const place: Place = { version, before: items };
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const one of value) items.push(itemOf(name, one, place));
    else items.push(itemOf(name, value, place));
  }
  return items;
}

/** A structure of fields. */
export function structureOf(tag: Tag, fields: Fields, version: Version): Structure {
  return { tag, type: 'Structure', value: itemsOf(fields, version) };
}

interface Place {
  readonly version: Version;
  readonly before: readonly Item[];
}

function itemOf(name: string, value: unknown, place: Place): Item {
  const tag = tagOf(name, place.version);
  const named = tag === 0 ? { tag, unknownName: name } : { tag };
  if (isTyped(value)) return typedItem(named, value.type, value.value, place);
  const isFitting = (type: ItemType) => fits(type, value);
  const type =
    tagTypes(tag, place.version).find(isFitting) ??
    tagTypes(tag, '2.1').find(isFitting) ??
    looseType(value);
  return typedItem(named, type, value, place);
}

function tagOf(name: string, version: Version): Tag {
  const known = tagNamed(name, version) ?? tagNamed(name, '2.1');
  if (known !== undefined) return known;
  return /^0x[0-9a-f]{6}$/i.test(name) ? Number.parseInt(name, 16) : 0;
}

const itemTypes: readonly string[] = [
  'Structure',
  'Integer',
  'LongInteger',
  'BigInteger',
  'Enumeration',
  'Boolean',
  'TextString',
  'ByteString',
  'DateTime',
  'Interval',
  'DateTimeExtended',
] satisfies readonly ItemType[];

interface Typed {
  readonly type: ItemType;
  readonly value: unknown;
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return 'value' in value && typeof value.type === 'string' && itemTypes.includes(value.type);
}

/** Whether a plain value is one of a type. */
function fits(type: ItemType, value: unknown): boolean {
  switch (type) {
    case 'Structure':
      return typeof value === 'object' && value !== null;
    case 'Boolean':
      return typeof value === 'boolean';
    case 'TextString':
      return typeof value === 'string' && value !== 'IDPlaceholder';
    case 'ByteString':
      return typeof value === 'string' && isHex(value);
    case 'Enumeration':
      return typeof value === 'string';
    case 'Integer':
      return typeof value === 'string' || isWithin(value, int32);
    case 'Interval':
      return isWithin(value, uint32);
    default:
      return isWithin(value, null);
  }
}

const int32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const uint32 = [0n, 2n ** 32n - 1n] as const;
const int64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;

function isWithin(value: unknown, range: readonly [bigint, bigint] | null): boolean {
  const integer = integerOf(value);
  if (integer === null) return false;
  return range === null || (integer >= range[0] && integer <= range[1]);
}

function integerOf(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null;
}

function isHex(text: string): boolean {
  return /^([0-9a-f]{2})*$/i.test(text);
}

/** The type of a value whose tag does not say one that fits. */
function looseType(value: unknown): ItemType {
  switch (typeof value) {
    case 'boolean':
      return 'Boolean';
    case 'number':
    case 'bigint':
      if (isWithin(value, int32)) return 'Integer';
      return isWithin(value, int64) ? 'LongInteger' : 'BigInteger';
    case 'object':
      return 'Structure';
    default:
      return 'TextString';
  }
}

/** An item of a type; zero or nothing where a value has no such form. */
function typedItem(
  named: { readonly tag: Tag; readonly unknownName?: string },
  type: ItemType,
  value: unknown,
  { version, before }: Place,
): Item {
  const naming = namingTag(named.tag, version, { before });
  switch (type) {
    case 'Structure':
      return { ...named, type, value: itemsOf({ ...Object(value) }, version) };
    case 'Boolean':
      return { ...named, type, value: value === true };
    case 'TextString':
      return { ...named, type, value: typeof value === 'string' ? value : String(value) };
    case 'ByteString': {
      const digits = typeof value === 'string' && isHex(value) ? value : '';
      return { ...named, type, value: new Uint8Array(Buffer.from(digits, 'hex')) };
    }
    case 'Enumeration':
      return { ...named, type, ...enumerationOf(naming, value, version) };
    case 'Integer':
      return { ...named, type, value: Number(clamped(maskOf(naming, value, version), int32)) };
    case 'Interval':
      return { ...named, type, value: Number(clamped(integerOf(value), uint32)) };
    case 'BigInteger':
      return { ...named, type, value: integerOf(value) ?? 0n };
    default:
      return { ...named, type, value: clamped(integerOf(value), int64) };
  }
}

function clamped(value: bigint | null, [least, most]: readonly [bigint, bigint]): bigint {
  if (value === null) return 0n;
  if (value < least) return least;
  return value > most ? most : value;
}

function enumerationOf(
  tag: Tag,
  value: unknown,
  version: Version,
): { readonly value: number; readonly unknownValue?: string } {
  if (typeof value !== 'string') return { value: Number(clamped(integerOf(value), uint32)) };
  if (/^0x[0-9a-f]{8}$/i.test(value)) return { value: Number.parseInt(value, 16) };
  const known =
    enumerationNamed(tag, value, version) ??
    enumerationNamed(tag, value, '2.1') ??
    (tag === tags.AttributeReference ? tagNamed(value, version) : undefined);
  return known === undefined ? { value: 0, unknownValue: value } : { value: known };
}

/** A mask by the names of its bits; any other integer as it is. */
function maskOf(tag: Tag, value: unknown, version: Version): bigint | null {
  if (typeof value !== 'string') return integerOf(value);
  const bits = maskBits(tag, version);
  const parts = value.split('|').filter((part) => part !== '');
  return parts.reduce((mask, part) => {
    const bit = bits?.get(part) ?? maskBits(tag, '2.1')?.get(part) ?? Number.parseInt(part, 16);
    return mask | BigInt(Number.isSafeInteger(bit) ? bit : 0);
  }, 0n);
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
