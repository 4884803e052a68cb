import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { ruleOf } from '#src/protocols/kmip/operations/attributes/rules.ts';
import { enumerationName } from '#src/protocols/kmip/registry/enumeration-names.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';

/** A message of 2.1 as KMIP 1.4 says the same, for the operations that both have. */
export function inOne(message: Item): Item {
  return rewritten(message)[0] ?? message;
}

function rewritten(item: Item): readonly Item[] {
  switch (item.tag) {
    case tags.ProtocolVersionMajor:
      return [items.integer(item.tag, 1)];
    case tags.ProtocolVersionMinor:
      return [items.integer(item.tag, 4)];
    case tags.ResultReason:
      return [reasonInOne(item)];
    case tags.RequestPayload:
      return [{ ...item, type: 'Structure', value: items.parts(item).flatMap(inRequest) }];
    case tags.ResponsePayload:
      return [{ ...item, type: 'Structure', value: items.parts(item).flatMap(inResponse) }];
    default:
      return item.type === 'Structure'
        ? [{ ...item, value: item.value.flatMap(rewritten) }]
        : [item];
  }
}

/** Whether a request asks for nothing that 1.4 has not. */
export function isOfOne(message: Item): boolean {
  return items.all(message, tags.BatchItem).every((each) => {
    const code = items.enumerationOf(each, tags.Operation) ?? 0;
    return enumerationName(tags.Operation, code, '1.4') !== undefined;
  });
}

const templates: ReadonlyMap<number, number> = new Map([
  [tags.Attributes, tags.TemplateAttribute],
  [tags.CommonAttributes, tags.CommonTemplateAttribute],
  [tags.PrivateKeyAttributes, tags.PrivateKeyTemplateAttribute],
  [tags.PublicKeyAttributes, tags.PublicKeyTemplateAttribute],
]);

function inRequest(item: Item, _index: number, all: readonly Item[]): readonly Item[] {
  if (item.tag === tags.AttributeReference) return referenceInOne(item);
  if (item.tag === tags.NewAttribute) return items.parts(item).flatMap(attributeInOne);
  const template = templates.get(item.tag);
  if (template === undefined) return [item];
  const attributes = items.parts(item).flatMap(attributeInOne);
  // Locate has them straight in its payload; all others begin with the type of an object or more.
  return all.length === 1 && item.tag === tags.Attributes
    ? attributes
    : [items.structure(template, attributes)];
}

function inResponse(item: Item): readonly Item[] {
  if (item.tag === tags.AttributeReference) return referenceInOne(item);
  return item.tag === tags.Attributes ? items.parts(item).flatMap(attributeInOne) : [item];
}

function attributeInOne(item: Item): readonly Item[] {
  const isVendors = item.tag === tags.Attribute;
  const name = isVendors
    ? `x-${items.textOf(item, tags.AttributeName)}`
    : ruleOf(item.tag)?.nameOfOne;
  const value = isVendors ? items.part(item, tags.AttributeValue) : item;
  if (name === undefined || value === undefined) return [];
  return [
    items.structure(tags.Attribute, [
      items.text(tags.AttributeName, name),
      { ...value, tag: tags.AttributeValue },
    ]),
  ];
}

function referenceInOne(item: Item): readonly Item[] {
  const name =
    item.type === 'Enumeration'
      ? ruleOf(item.value)?.nameOfOne
      : `x-${items.textOf(item, tags.AttributeName)}`;
  return name === undefined ? [] : [items.text(tags.AttributeName, name)];
}

type Reason = keyof typeof enumerations.ResultReason;

const reasons: Readonly<Partial<Record<string, Reason>>> = {
  WrongKeyLifecycleState: 'PermissionDenied',
  AttributeReadOnly: 'PermissionDenied',
  IncompatibleCryptographicUsageMask: 'PermissionDenied',
  ObjectNotFound: 'ItemNotFound',
  ObjectDestroyed: 'ItemNotFound',
  AttributeSingleValued: 'IllegalOperation',
  NonUniqueNameAttribute: 'IllegalOperation',
};

function reasonInOne(item: Item): Item {
  if (item.type !== 'Enumeration') return item;
  const name = enumerationName(item.tag, item.value, '2.1') ?? '';
  const reason = reasons[name];
  return reason === undefined
    ? item
    : items.enumeration(item.tag, enumerations.ResultReason[reason]);
}
