import type { Item, ItemType, Structure, Tag, Version } from '../../tree.ts';
import { enumerationName, enumerationOf } from '../../registry/enumeration-names.ts';
import { tagName } from '../../registry/tag-names.ts';
import { tagTypes } from '../../registry/tag-types.ts';
import { tags, type TagName } from '../../registry/tags.ts';
import { failed, type Failure } from '../model/failure.ts';
import type { Habits } from '../model/habits.ts';
import type { Field, Fields } from './field.ts';
import { innerFields } from './inner-fields.ts';

/** By which rules fields are read. */
export interface FieldRules {
  readonly version: Version;
  readonly habits: Habits;
}

/** What is wrong with the fields of a structure, and with those of the structures in it. */
export function fieldsFailure(
  parent: Structure,
  fields: Fields,
  rules: FieldRules,
): Failure | null {
  const rows = rowsOf(fields);
  const seen = new Set<Tag>();
  let place = 0;
  for (const item of parent.value) {
    const at = rows.findIndex((row) => row.tag === item.tag);
    const row = rows[at];
    if (row === undefined) {
      if (rules.habits.unknownFields === 'ignored') continue;
      return unknownField(item, rules);
    }
    if (seen.has(row.tag) && !row.many) {
      return failed('repeatedField', `${row.name} is there more than once`);
    }
    if (at < place && rules.habits.fieldOrder === 'demanded') {
      return failed('misplacedField', `${row.name} must stand before ${rows[place]?.name ?? ''}`);
    }
    seen.add(row.tag);
    place = Math.max(place, at);
    const wrong = itemFailure(item, row.name, rules);
    if (wrong !== null) return wrong;
  }
  const missing = rows.find((row) => row.needed && !seen.has(row.tag));
  return missing === undefined ? null : failed('missingField', `${missing.name} is missing`);
}

interface Row {
  readonly name: TagName;
  readonly tag: Tag;
  readonly many: boolean;
  readonly needed: boolean;
}

const known = new WeakMap<Fields, readonly Row[]>();

function rowsOf(fields: Fields): readonly Row[] {
  const before = known.get(fields);
  if (before !== undefined) return before;
  const rows = fields.map(rowOf);
  known.set(fields, rows);
  return rows;
}

function rowOf(field: Field): Row {
  const sign = field.at(-1) ?? '';
  const name = '?*+'.includes(sign) ? field.slice(0, -1) : field;
  if (!isTagName(name)) throw new RangeError(`no tag is called ${name}`);
  return {
    name,
    tag: tags[name],
    many: sign === '*' || sign === '+',
    needed: sign !== '?' && sign !== '*',
  };
}

function isTagName(name: string): name is TagName {
  return Object.hasOwn(tags, name);
}

function unknownField(item: Item, { version }: FieldRules): Failure {
  const name = tagName(item.tag, version);
  return name === undefined
    ? failed(
        'unknownTag',
        `${item.unknownName ?? `0x${item.tag.toString(16)}`} is no tag of ${version}`,
      )
    : failed('unknownField', `${name} does not belong here`);
}

/** What is wrong with one item that is called so. */
export function itemFailure(item: Item, name: TagName, rules: FieldRules): Failure | null {
  const types: readonly ItemType[] = tagTypes(item.tag, rules.version);
  if (types.length > 0 && !types.includes(item.type)) {
    return failed('wrongType', `${name} is a ${item.type}, not a ${types.join(' or ')}`);
  }
  if (item.type === 'Enumeration') return enumerationFailure(item.tag, item.value, rules.version);
  if (item.type !== 'Structure') return null;
  const inner = innerFields(name, rules.version);
  return inner === undefined ? null : fieldsFailure(item, inner, rules);
}

/** Whether a value is none of the enumeration that a tag takes; extensions (8xxxxxxx) pass. */
export function enumerationFailure(tag: Tag, value: number, version: Version): Failure | null {
  if (value >= 0x8000_0000 || enumerationOf(tag, version) === undefined) return null;
  if (enumerationName(tag, value, version) !== undefined) return null;
  return failed('unknownEnumeration', `${tagName(tag, version) ?? 'it'} has no value ${value}`);
}
