import type { Item, Tag } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import type { Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { ruleNamed, ruleOf } from './rules.ts';
import { isSpoken, toldTo, type Speaking } from './told.ts';

/*
 * One inner model of attributes: each is an item under its own tag, as KMIP 2.x writes it; what a
 * vendor or client named itself is an `Attribute` of vendor, name and value. KMIP 1.x writes them
 * as `Attribute` of name, index and value: this file alone knows of it.
 */

/** Which attribute is meant: of one tag, and of those under `Attribute` of one vendor and name. */
export interface AttributeReference {
  readonly tag: Tag;
  readonly vendor?: string;
  readonly name?: string;
}

/** An attribute that a request gives; 1.x may say which of several values it is to replace. */
export interface GivenAttribute {
  readonly item: Item;
  readonly index: number | undefined;
}

/** Reads one attribute: in 1.x an `Attribute`, in 2.x the item itself. */
export function attributeFrom(item: Item, context: Speaking): GivenAttribute | Failure {
  if (context.version !== '1.4') {
    if (item.tag === tags.Attribute && vendorOf(item) === undefined) {
      return failed('attributeValue', 'a vendor attribute has a vendor, a name and a value');
    }
    const rule = ruleOf(item.tag);
    return rule === undefined || !isSpoken(rule, context)
      ? failed('unknownAttribute', `0x${item.tag.toString(16)} is no attribute`)
      : { item, index: undefined };
  }
  const name = items.textOf(item, tags.AttributeName);
  const value = items.part(item, tags.AttributeValue);
  const reference = name === undefined ? undefined : referenceNamed(name, context);
  if (item.tag !== tags.Attribute || name === undefined || value === undefined) {
    return failed('attributeValue', 'an attribute has a name and a value');
  }
  if (reference === undefined) return failed('unknownAttribute', `no attribute is called ${name}`);
  const index = items.integerOf(item, tags.AttributeIndex);
  if (reference.vendor === undefined) return { item: { ...value, tag: reference.tag }, index };
  const custom = [
    items.text(tags.VendorIdentification, reference.vendor),
    items.text(tags.AttributeName, reference.name ?? ''),
    value,
  ];
  return { item: items.structure(tags.Attribute, custom), index };
}

/** Writes attributes: in 1.x one `Attribute` each, in 2.x all in one `Attributes`. */
export function attributesFor(list: readonly Item[], context: Context): readonly Item[] {
  const known = toldTo(list, context);
  if (context.version !== '1.4') return [items.structure(tags.Attributes, known)];
  const counts = new Map<string, number>();
  return known.map((item) => {
    const name = nameOfOne(item);
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    return attributeOfOne(item, { name, index });
  });
}

/** Writes one attribute as 1.x does. */
export function attributeOfOne(item: Item, { name, index }: { name: string; index: number }): Item {
  const value = item.tag === tags.Attribute ? items.part(item, tags.AttributeValue) : item;
  return items.structure(tags.Attribute, [
    items.text(tags.AttributeName, name),
    index === 0 ? null : items.integer(tags.AttributeIndex, index),
    value === undefined ? null : { ...value, tag: tags.AttributeValue },
  ]);
}

/** Reads which attribute is meant: 1.x says it by `AttributeName`, 2.x by `AttributeReference`. */
export function referenceFrom(item: Item, context: Speaking): AttributeReference | Failure {
  const reference = possibleReference(item, context);
  return reference ?? failed('unknownAttribute', 'no such attribute');
}

function possibleReference(item: Item, context: Speaking): AttributeReference | undefined {
  if (item.type === 'TextString') return referenceNamed(item.value, context);
  if (item.type === 'Enumeration') {
    const rule = ruleOf(item.value);
    return rule !== undefined && isSpoken(rule, context) ? { tag: item.value } : undefined;
  }
  const vendor = items.textOf(item, tags.VendorIdentification);
  const name = items.textOf(item, tags.AttributeName);
  return vendor === undefined || name === undefined
    ? undefined
    : { tag: tags.Attribute, vendor, name };
}

/** Names attributes, each once: `AttributeName` in 1.x, `AttributeReference` in 2.x. */
export function referencesFor(list: readonly Item[], context: Context): readonly Item[] {
  const written = new Map<string, Item>();
  for (const item of toldTo(list, context)) {
    const name = nameOfOne(item);
    if (context.version === '1.4') {
      written.set(name, items.text(tags.AttributeName, name));
    } else if (item.tag === tags.Attribute) {
      const both = items.parts(item).filter(({ tag }) => tag !== tags.AttributeValue);
      written.set(name, items.structure(tags.AttributeReference, both));
    } else {
      written.set(`0x${item.tag}`, items.enumeration(tags.AttributeReference, item.tag));
    }
  }
  return [...written.values()];
}

/** Whether an attribute is the one that is meant. */
export function isMeant(item: Item, { tag, vendor, name }: AttributeReference): boolean {
  if (item.tag !== tag) return false;
  if (vendor === undefined) return true;
  return (
    items.textOf(item, tags.VendorIdentification) === vendor &&
    items.textOf(item, tags.AttributeName) === name
  );
}

/** The reference to an attribute that is at hand. */
export function referenceOf(item: Item): AttributeReference {
  const vendor = vendorOf(item);
  if (item.tag !== tags.Attribute || vendor === undefined) return { tag: item.tag };
  return { tag: item.tag, vendor, name: items.textOf(item, tags.AttributeName) ?? '' };
}

/** The name that 1.x has for an attribute; of a vendor's one `x-…` or `y-…`. */
export function nameOfOne(item: Item): string {
  if (item.tag !== tags.Attribute) return ruleOf(item.tag)?.nameOfOne ?? '';
  return `${vendorOf(item) ?? ''}-${items.textOf(item, tags.AttributeName) ?? ''}`;
}

function vendorOf(item: Item): string | undefined {
  const isWhole =
    items.textOf(item, tags.AttributeName) !== undefined &&
    items.part(item, tags.AttributeValue) !== undefined;
  return isWhole ? items.textOf(item, tags.VendorIdentification) : undefined;
}

/** Custom attributes of 1.x: `x-` is the client's, `y-` the server's. */
function referenceNamed(name: string, context: Speaking): AttributeReference | undefined {
  const custom = /^([xy])-(.*)$/s.exec(name);
  if (custom !== null)
    return { tag: tags.Attribute, vendor: custom[1] ?? '', name: custom[2] ?? '' };
  const rule = ruleNamed(name);
  return rule !== undefined && isSpoken(rule, context) ? { tag: rule.tag } : undefined;
}

/**
 * The attributes that a request gives for a new object: in 1.x a `TemplateAttribute` (or one that
 * is called otherwise), in 2.x `Attributes`.
 */
export function attributesIn(
  payload: Item,
  [one, two]: readonly [one: Tag, two: Tag],
  context: Speaking,
): readonly Item[] | Failure {
  const parent = items.part(payload, context.version === '1.4' ? one : two);
  return attributeList(parent, context);
}

/** The attributes in a structure, or straight in a payload of 1.x (Locate). */
export function attributeList(
  parent: Item | undefined,
  context: Speaking,
): readonly Item[] | Failure {
  const isOne = context.version === '1.4';
  if (isOne && items.part(parent, tags.Name) !== undefined) {
    return failed('templates', 'templates are not kept here');
  }
  const given = isOne ? items.all(parent, tags.Attribute) : items.parts(parent);
  const list: Item[] = [];
  for (const item of given) {
    const read = attributeFrom(item, context);
    if (isFailure(read)) return read;
    list.push(read.item);
  }
  return list;
}
