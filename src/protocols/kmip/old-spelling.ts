import {
  attributeFrom,
  attributeOfOne,
  nameOfOne,
  referenceFrom,
} from './operations/attributes/spelling.ts';
import type { Speaking } from './operations/attributes/told.ts';
import { isFailure } from './operations/model/failure.ts';
import * as items from './operations/model/items.ts';
import { enumerations } from './registry/enumerations.ts';
import { tagName } from './registry/tag-names.ts';
import { tags } from './registry/tags.ts';
import type { Item, Structure, Tag } from './tree.ts';

/*
 * Messages of KMIP 1.x with their attributes spelt as 2.x does, and back: the model knows the
 * vocabulary of 2.1 alone. What 1.x has no form for stays as it is, and so does what is wrong.
 */

const { Operation, UniqueIdentifier, AsynchronousIndicator } = enumerations;
const { AddAttribute, ModifyAttribute, DeleteAttribute, SetAttribute } = Operation;
const { Locate, GetAttributes, GetAttributeList } = Operation;

const one: Speaking = { version: '1.4', protocol: { major: 1, minor: 4 } };

/** What holds attributes in 2.x, and in 1.x. */
const holders: readonly (readonly [two: Tag, one: Tag])[] = [
  [tags.Attributes, tags.TemplateAttribute],
  [tags.CommonAttributes, tags.CommonTemplateAttribute],
  [tags.PrivateKeyAttributes, tags.PrivateKeyTemplateAttribute],
  [tags.PublicKeyAttributes, tags.PublicKeyTemplateAttribute],
];

/** A message of 1.x in the spelling of 2.x. */
export function inTwo(message: Structure): Structure {
  return withPayloads(message, payloadInTwo);
}

/** A message in the spelling of 2.x as 1.x writes it. */
export function inOne(message: Structure): Structure {
  const header = (item: Item) =>
    item.tag === tags.AsynchronousIndicator && item.type === 'Enumeration'
      ? items.boolean(item.tag, item.value !== AsynchronousIndicator.Prohibited)
      : item;
  return mapped(withPayloads(message, payloadInOne), (item) => {
    const isHeader = item.tag === tags.RequestHeader && item.type === 'Structure';
    return isHeader ? mapped(item, header) : item;
  });
}

function mapped(parent: Structure, change: (item: Item) => Item): Structure {
  return { ...parent, value: parent.value.map(change) };
}

type Payload = (payload: Structure, operation: number) => Structure;

function withPayloads(message: Structure, change: Payload): Structure {
  return mapped(message, (batchItem) => {
    if (batchItem.tag !== tags.BatchItem || batchItem.type !== 'Structure') return batchItem;
    const operation = items.enumerationOf(batchItem, tags.Operation) ?? 0;
    return mapped(batchItem, (item) => {
      const isPayload = item.tag === tags.RequestPayload || item.tag === tags.ResponsePayload;
      return isPayload && item.type === 'Structure' ? change(item, operation) : item;
    });
  });
}

/** Whether the attributes of a payload of 1.x stand in it without a template around them. */
function areBare({ tag }: Structure, operation: number): boolean {
  return tag === tags.RequestPayload ? operation === Locate : operation === GetAttributes;
}

const changing: readonly number[] = [AddAttribute, ModifyAttribute, DeleteAttribute, SetAttribute];
const naming: readonly number[] = [GetAttributes, GetAttributeList, DeleteAttribute];

function payloadInTwo(payload: Structure, operation: number): Structure {
  const bare = areBare(payload, operation);
  const value = payload.value.flatMap((item): readonly Item[] => {
    if (item.tag === tags.Attribute) {
      if (bare) return [];
      return changing.includes(operation) ? changedInTwo(item) : [item];
    }
    if (item.tag === tags.AttributeName && naming.includes(operation)) return [named(item)];
    const holder = holders.find(([, old]) => old === item.tag);
    if (holder === undefined || !isTemplate(item)) return [keyInTwo(item)];
    return [items.structure(holder[0], attributesInTwo(item))];
  });
  const listed = bare ? [items.structure(tags.Attributes, attributesInTwo(payload))] : [];
  return { ...payload, value: [...value, ...listed] };
}

/** A template that names others is not spelt out. */
function isTemplate(item: Item): boolean {
  return item.type === 'Structure' && item.value.every(({ tag }) => tag === tags.Attribute);
}

function attributesInTwo(parent: Item): readonly Item[] {
  return items.all(parent, tags.Attribute).map((item) => {
    const read = attributeFrom(item, one);
    return isFailure(read) ? item : read.item;
  });
}

/** One attribute that is given to an object; which of several it is to be stands behind it. */
function changedInTwo(item: Item): readonly Item[] {
  const read = attributeFrom(item, one);
  if (isFailure(read)) return [items.structure(tags.NewAttribute, [item])];
  const index = items.part(item, tags.AttributeIndex);
  const given = items.structure(tags.NewAttribute, [read.item]);
  return index === undefined ? [given] : [given, index];
}

function named(item: Item): Item {
  const reference = referenceFrom(item, one);
  if (isFailure(reference)) return { ...item, tag: tags.AttributeReference };
  const { tag, vendor, name } = reference;
  if (vendor === undefined) return items.enumeration(tags.AttributeReference, tag);
  return items.structure(tags.AttributeReference, [
    items.text(tags.VendorIdentification, vendor),
    items.text(tags.AttributeName, name ?? ''),
  ]);
}

/** Attributes may stand beside a key's material, too. */
function keyInTwo(item: Item): Item {
  if (item.type !== 'Structure') return item;
  if (item.tag !== tags.KeyValue) return mapped(item, keyInTwo);
  const attributes = attributesInTwo(item);
  if (attributes.length === 0) return item;
  const others = item.value.filter(({ tag }) => tag !== tags.Attribute);
  return { ...item, value: [...others, items.structure(tags.Attributes, attributes)] };
}

function payloadInOne(payload: Structure, operation: number): Structure {
  const index = items.part(payload, tags.AttributeIndex);
  const folds = index !== undefined && items.part(payload, tags.NewAttribute) !== undefined;
  const value = payload.value.flatMap((item): readonly Item[] => {
    switch (item.tag) {
      case tags.NewAttribute:
        return changedInOne(item, folds ? index : null);
      case tags.AttributeIndex:
        return folds ? [] : [item];
      case tags.CurrentAttribute:
        return operation === DeleteAttribute ? items.parts(item).map(nameItem) : [];
      case tags.AttributeReference:
        return [items.text(tags.AttributeName, nameReferred(item))];
      case tags.UniqueIdentifier:
        return isPlaceholder(item) ? [] : [item];
      default:
        return held(item, areBare(payload, operation));
    }
  });
  return { ...payload, value };
}

function held(item: Item, bare: boolean): readonly Item[] {
  const holder = holders.find(([two]) => two === item.tag);
  if (holder === undefined) return [keyInOne(item)];
  if (item.type !== 'Structure') return [{ ...item, tag: holder[1] }];
  const list = attributesInOne(item);
  return bare ? list : [items.structure(holder[1], list)];
}

/** In 1.x an identifier that is left out is the placeholder's. */
function isPlaceholder({ type, value }: Item): boolean {
  return type === 'Enumeration' && value === UniqueIdentifier.IDPlaceholder;
}

/** Several of a name are counted; the first needs no index. */
function attributesInOne(parent: Item): readonly Item[] {
  const counts = new Map<string, number>();
  return items.parts(parent).map((item) => {
    if (isOld(item)) return item;
    const name = nameOf(item);
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    return attributeOfOne(known(item), { name, index });
  });
}

function changedInOne(given: Item, index: Item | null): readonly Item[] {
  if (given.type !== 'Structure') return [{ ...given, tag: tags.Attribute }];
  if (given.value.length === 0) return [items.structure(tags.Attribute)];
  return given.value.map((item) => {
    if (isOld(item)) return item;
    const attribute = attributeOfOne(known(item), { name: nameOf(item), index: 0 });
    const [name, ...value] = items.parts(attribute);
    return items.structure(tags.Attribute, [name, index, ...value]);
  });
}

/** A value is not called as its attribute is. */
function known(item: Item): Item {
  const { unknownName: _, ...rest } = item;
  return rest;
}

/** An attribute that could not be spelt as 2.x does. */
function isOld(item: Item): boolean {
  return item.tag === tags.Attribute && items.part(item, tags.VendorIdentification) === undefined;
}

/** The name of an attribute; of one that 1.x has not, that of its tag. */
function nameOf(item: Item): string {
  const name = nameOfOne(item);
  return name === '' ? (item.unknownName ?? tagName(item.tag, '2.1') ?? hex(item.tag)) : name;
}

function nameItem(item: Item): Item {
  return items.text(tags.AttributeName, nameOf(item));
}

/** The name of the attribute that a reference of 2.x means. */
function nameReferred(reference: Item): string {
  switch (reference.type) {
    case 'TextString':
      return reference.value;
    case 'Enumeration':
      return reference.unknownValue ?? nameOf(items.structure(reference.value));
    default: {
      const vendor = items.textOf(reference, tags.VendorIdentification) ?? '';
      return `${vendor}-${items.textOf(reference, tags.AttributeName) ?? ''}`;
    }
  }
}

function keyInOne(item: Item): Item {
  if (item.type !== 'Structure') return item;
  if (item.tag !== tags.KeyValue) return mapped(item, keyInOne);
  const value = item.value.flatMap((part) =>
    part.tag === tags.Attributes ? attributesInOne(part) : [part],
  );
  return { ...item, value };
}

function hex(tag: Tag): string {
  return `0x${tag.toString(16).padStart(6, '0')}`;
}
