import { tagName } from '../registry/tag-names.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure, Version } from '../tree.ts';
import type { Dialect, DialectWriting, ValueWriters, WritingPlace } from './dialect.ts';
import { oasis } from './dialects/oasis.ts';
import { hexTag } from '../written/hex.ts';

/**
 * Writes an item, a message as a rule, as JSON: one line without blanks.
 *
 * @throws HarnessError for a value or tag outside of its type's range.
 * @see KMIP Additional Message Encodings 1.0, JSON Profile; KMIP Profiles 2.1
 */
export function writeJson(item: Item, version: Version, { writing }: Dialect = oasis): string {
  return written(writing.shape(item, version), plainPlaces[version], writing);
}

function written(item: Item, place: WritingPlace, writing: DialectWriting): string {
  const tag = tagText(item, place.version, writing);
  if (item.type !== 'Structure') {
    return `{"tag":"${tag}","type":"${item.type}","value":${valueText(item, place, writing.values)}}`;
  }
  let children = '';
  for (const [index, child] of item.value.entries()) {
    const inside = childPlace(item, index, place);
    children += (index === 0 ? '' : ',') + written(child, inside, writing);
  }
  return `{"tag":"${tag}",${writing.structureType}"value":[${children}]}`;
}

/** Only Attribute Values ask for what is before them. */
function childPlace({ value }: Structure, index: number, { version }: WritingPlace): WritingPlace {
  const isAsking = value[index]?.tag === tags.AttributeValue;
  return isAsking ? { version, before: value.slice(0, index) } : plainPlaces[version];
}

const plainPlaces: Readonly<Record<Version, WritingPlace>> = {
  '1.4': { version: '1.4', before: [] },
  '2.0': { version: '2.0', before: [] },
  '2.1': { version: '2.1', before: [] },
};

/** The name in the version, or the one that was written where none is known, or hex. */
function tagText({ tag, unknownName }: Item, version: Version, writing: DialectWriting): string {
  if (unknownName !== undefined) return JSON.stringify(unknownName).slice(1, -1);
  const name = tagName(tag, version);
  return name === undefined ? hexTag(tag) : writing.tagName(name);
}

function valueText(
  item: Exclude<Item, { type: 'Structure' }>,
  place: WritingPlace,
  values: ValueWriters,
): string {
  switch (item.type) {
    case 'Integer':
      return values.Integer(item, place);
    case 'LongInteger':
      return values.LongInteger(item, place);
    case 'BigInteger':
      return values.BigInteger(item, place);
    case 'Enumeration':
      return values.Enumeration(item, place);
    case 'Boolean':
      return values.Boolean(item, place);
    case 'TextString':
      return values.TextString(item, place);
    case 'ByteString':
      return values.ByteString(item, place);
    case 'DateTime':
      return values.DateTime(item, place);
    case 'Interval':
      return values.Interval(item, place);
    case 'DateTimeExtended':
      return values.DateTimeExtended(item, place);
  }
}
