import { enumerationName } from '../registry/enumeration-names.ts';
import { maskNames } from '../registry/mask-names.ts';
import { namingTag } from '../registry/naming-tag.ts';
import { tagName } from '../registry/tag-names.ts';
import { tags } from '../registry/tags.ts';
import {
  hexBig,
  hexBytes,
  hexLong,
  hexTag,
  hexUnsigned,
  integer,
  unsigned,
} from '../written/hex.ts';
import { writtenSeconds } from '../written/dates.ts';
import type { Item, Tag, Version } from '../tree.ts';

/**
 * Writes an item, a message as a rule, as XML: an element a line, as OASIS prints them.
 *
 * Characters that XML cannot say (most control characters, lone surrogates) become U+FFFD.
 *
 * @throws HarnessError for a value or tag outside of its type's range.
 * @see KMIP Additional Message Encodings 1.0, 5 XML Encoding
 */
export function writeXml(item: Item, version: Version): string {
  return written(item, { version, before: [], indent: '' });
}

interface Place {
  readonly version: Version;
  /** The siblings before the item. */
  readonly before: readonly Item[];
  readonly indent: string;
}

function written(item: Item, place: Place): string {
  const { indent, version } = place;
  const { start, name } = elementOf(item, version);
  if (item.type !== 'Structure') {
    return `${indent}<${start} type="${item.type}" value="${valueText(item, place)}"/>\n`;
  }
  if (item.value.length === 0) return `${indent}<${start}/>\n`;
  const children = item.value.map((child, index) => {
    // Only Attribute Values ask for what is before them.
    const before = child.tag === tags.AttributeValue ? item.value.slice(0, index) : [];
    return written(child, { version, before, indent: `${indent}  ` });
  });
  return `${indent}<${start}>\n${children.join('')}${indent}</${name}>\n`;
}

/** An element of the tag's name, or `TTLV` where it has none that an element may have. */
function elementOf({ tag, unknownName }: Item, version: Version): { start: string; name: string } {
  const name = unknownName ?? tagName(tag, version);
  if (name !== undefined && /^[A-Za-z_][\w.-]*$/.test(name)) return { start: name, name };
  const told = unknownName === undefined ? '' : ` name="${escaped(unknownName)}"`;
  return { start: `TTLV tag="${hexTag(tag)}"${told}`, name: 'TTLV' };
}

function valueText(item: Exclude<Item, { type: 'Structure' }>, place: Place): string {
  const naming = namingTag(item.tag, place.version, place);
  switch (item.type) {
    case 'Integer':
      return integerText(item.value, naming, place.version);
    case 'LongInteger':
      hexLong(item.value);
      return String(item.value);
    case 'BigInteger':
      return hexBig(item.value).slice(2);
    case 'Enumeration':
      if (item.unknownValue !== undefined) return escaped(item.unknownValue);
      return enumerationName(naming, item.value, place.version) ?? hexUnsigned(item.value);
    case 'Boolean':
      return String(item.value);
    case 'TextString':
      return escaped(item.value);
    case 'ByteString':
      return hexBytes(item.value);
    case 'DateTime':
      return dateText(item.value);
    case 'Interval':
      return String(unsigned(item.value));
    case 'DateTimeExtended':
      return hexLong(item.value);
  }
}

/** A mask by the names of its bits; anything else, and a mask of bits without names, as a number. */
function integerText(value: number, naming: Tag, version: Version): string {
  const number = integer(value);
  const parts = maskNames(naming, number, version);
  return parts === undefined ? String(number) : parts.join(' ');
}

function dateText(seconds: bigint): string {
  const text = writtenSeconds(seconds);
  return text === null ? hexLong(seconds) : `${text}+00:00`;
}

function escaped(text: string): string {
  return text.toWellFormed().replace(unsayable, '\uFFFD').replace(special, entityOf);
}

// oxlint-disable-next-line no-control-regex
const unsayable = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** White space of attributes is read as blanks unless it is written as its number. */
const special = /[&<>"\t\n\r\u0085\u2028]/g;

function entityOf(character: string): string {
  return entities[character] ?? `&#${character.charCodeAt(0)};`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
