import { fieldRules, requirements, type FieldRule } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { stepName } from './item-path.ts';
import { innerFields } from './operations/message/inner-fields.ts';
import { enumerationName, enumerationOf } from './registry/enumeration-names.ts';
import { namingTag } from './registry/naming-tag.ts';
import { tagName } from './registry/tag-names.ts';
import { tagTypes } from './registry/tag-types.ts';
import { tags, type TagName } from './registry/tags.ts';
import type { Item, Structure, Version } from './tree.ts';

/** Something wrong with the fields of a structure. */
export interface FieldFlaw {
  readonly requirement: Requirement;
  readonly detail: string;
  /** The result reasons that tell of it before others. */
  readonly reasons: readonly string[];
  /** A field that the version does not know, or one out of its order: some pass it over. */
  readonly kind: 'missing' | 'repeated' | 'unknown' | 'order' | 'type' | 'value';
}

/** What is wrong with the fields of a structure, by the list of those that it may have. */
export function fieldFlaw(
  { value }: Structure,
  list: string,
  requirement: Requirement,
  version: Version,
): FieldFlaw | null {
  const rules = fieldRules(list);
  if (areRight(value, rules, version)) return null;
  const names = value.map(({ tag, unknownName }) => unknownName ?? tagName(tag, version) ?? null);
  for (const { name, least, most } of rules) {
    const count = names.filter((one) => one === name).length;
    if (count < least) {
      const reasons = ['InvalidMessage', 'MissingData', 'InvalidField'];
      return { kind: 'missing', requirement, detail: `expected ${name}, got none`, reasons };
    }
    if (count > most) {
      const detail = `expected ${name} once, got it ${count} times`;
      return { kind: 'repeated', requirement, detail, reasons: ['InvalidMessage', 'InvalidField'] };
    }
  }
  const places = names.map((name) => rules.findIndex((rule) => rule.name === name));
  const stranger = places.indexOf(-1);
  const item = value[stranger];
  if (item !== undefined) {
    const detail = `expected no ${stepName(item.tag)} there`;
    const reasons = ['InvalidField', 'InvalidMessage', 'UnknownTag'];
    return { kind: 'unknown', requirement: requirements.unknownFieldRefused, detail, reasons };
  }
  const late = places.findIndex((place, index) => index > 0 && place < (places[index - 1] ?? 0));
  if (late < 0) return null;
  const detail = `expected ${names[late]} before ${names[late - 1]}`;
  return { kind: 'order', requirement, detail, reasons: ['InvalidMessage', 'InvalidField'] };
}

/** Whether all fields are there in their order: mostly so, and then nothing else is looked for. */
function areRight(items: readonly Item[], rules: readonly FieldRule[], version: Version): boolean {
  let at = 0;
  let count = 0;
  for (const { tag, unknownName } of items) {
    const name = unknownName ?? tagName(tag, version);
    for (let rule = rules[at]; rule?.name !== name; rule = rules[at]) {
      if (rule === undefined || count < rule.least) return false;
      at += 1;
      count = 0;
    }
    count += 1;
    if (count > (rules[at]?.most ?? 0)) return false;
  }
  for (let rule = rules[at]; rule !== undefined; rule = rules[at]) {
    if (count < rule.least) return false;
    at += 1;
    count = 0;
  }
  return true;
}

/** What is wrong with the fields of a structure below, of those that are the same everywhere. */
export function innerFlaw({ value }: Structure, version: Version): FieldFlaw | null {
  for (const item of value) {
    if (item.type !== 'Structure') continue;
    const name = tagName(item.tag, version);
    const list = name !== undefined && isTagName(name) ? innerFields(name, version) : undefined;
    const flaw =
      (list && fieldFlaw(item, listed(list), requirements.payloadFits, version)) ??
      innerFlaw(item, version);
    if (flaw !== null) return flaw;
  }
  return null;
}

const joined = new WeakMap<readonly string[], string>();

/** Fields as the model writes them. */
function listed(fields: readonly string[]): string {
  const known = joined.get(fields);
  if (known !== undefined) return known;
  const list = fields.join(' ');
  joined.set(fields, list);
  return list;
}

function isTagName(name: string): name is TagName {
  return Object.hasOwn(tags, name);
}

/** The first item below whose type, or enumeration, its tag does not have. */
export function typeFlaw(parent: Structure, version: Version): FieldFlaw | null {
  for (const [index, item] of parent.value.entries()) {
    /** Only Attribute Values ask for what is before them. */
    const before = item.tag === tags.AttributeValue ? parent.value.slice(0, index) : [];
    const flaw = flawOf(item, version, before);
    if (flaw !== null) return flaw;
    const below = item.type === 'Structure' ? typeFlaw(item, version) : null;
    if (below !== null) return below;
  }
  return null;
}

function flawOf(item: Item, version: Version, before: readonly Item[]): FieldFlaw | null {
  const types = tagTypes(item.tag, version);
  if (types.length > 0 && !types.includes(item.type)) {
    const detail = `expected ${stepName(item.tag)} as ${types.join(' or ')}, got ${item.type}`;
    const reasons = ['InvalidDataType', 'InvalidMessage', 'InvalidField'];
    return { kind: 'type', requirement: requirements.typesRight, detail, reasons };
  }
  if (item.type !== 'Enumeration' || item.value >= 0x8000_0000) return null;
  const named = namingTag(item.tag, version, { before });
  const isOpen = enumerationOf(named, version) === undefined;
  if (isOpen || enumerationName(named, item.value, version) !== undefined) return null;
  const detail = `expected a value of ${stepName(item.tag)}, got 0x${item.value.toString(16)}`;
  const reasons = ['UnknownEnumeration', 'InvalidField', 'InvalidMessage'];
  return { kind: 'value', requirement: requirements.enumerationsKnown, detail, reasons };
}
