import { enumerations } from '../registry/enumerations.ts';
import { sameItem } from '../operations/model/items.ts';
import { normalisedName } from '../registry/normalised-name.ts';
import { tagName, tagNamed } from '../registry/tag-names.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure, Tag, Version } from '../tree.ts';
import { identifiersIn, partsTagged, type Memory } from './memory.ts';
import { placeholderOf } from './read-test-case.ts';
import {
  anyContent,
  anyValue,
  generatedContent,
  generatedOfOneLength,
  isUnordered,
  mayBeLeftOut,
  mayBeMore,
  mayBeUnlisted,
} from './variations.ts';

/** What comparing found: where the two differ beyond what is permitted, and what names stand for. */
export interface Comparison {
  /** One line each: where, what was expected, what came. */
  readonly differences: readonly string[];
  readonly memory: Memory;
}

/**
 * Compares a response with the one that a test case shows. What the standard permits to vary may.
 * @see OASIS KMIP Profiles 2.1, Permitted Test Case Variations
 */
export function compareMessages(
  expected: Item,
  actual: Item,
  { memory, version }: { readonly memory: Memory; readonly version: Version },
): Comparison {
  return compare(expected, actual, { memory, version, path: '', isGenerated: false });
}

interface Place {
  readonly memory: Memory;
  readonly version: Version;
  readonly path: string;
  /** Within the answer about something that chance had a part in. */
  readonly isGenerated: boolean;
  /** Of which attribute an Attribute Value of 1.x is. */
  readonly attribute?: Tag | undefined;
}

function compare(expected: Item, actual: Item, place: Place): Comparison {
  const path = `${place.path}/${tagName(expected.tag, place.version) ?? expected.tag}`;
  const here = { ...place, path };
  const tag = (expected.tag === tags.AttributeValue ? place.attribute : undefined) ?? expected.tag;
  if (expected.type !== actual.type) {
    // A content that may vary may be wrapped, or of another format, too.
    if (place.isGenerated && generatedContent.has(tag)) return same(place.memory);
    return differing(here, { expected: expected.type, actual: actual.type });
  }
  const name = placeholderOf(expected);
  if (name !== undefined) return compareNamed(name, actual, here);
  if (anyContent.has(tag)) return same(place.memory);
  if (expected.type === 'Structure' && actual.type === 'Structure') {
    const inner = { ...generatedIn(expected, actual, here), attribute: attributeNamed(expected) };
    return compareParts(indexed(expected), indexed(actual), inner);
  }
  if (anyValue.has(tag)) return same(place.memory);
  if (place.isGenerated && generatedContent.has(tag)) {
    return isAsLong(expected, actual, tag)
      ? same(place.memory)
      : differing(here, { expected: shown(expected), actual: shown(actual) });
  }
  return sameItem(expected, actual)
    ? same(place.memory)
    : differing(here, { expected: shown(expected), actual: shown(actual) });
}

/** Whatever the key is: what a cipher or a MAC gives is of one length. */
function isAsLong(expected: Item, actual: Item, tag: Tag): boolean {
  if (!generatedOfOneLength.has(tag)) return true;
  if (expected.type !== 'ByteString' || actual.type !== 'ByteString') return true;
  return expected.value.length === actual.value.length;
}

function same(memory: Memory): Comparison {
  return { differences: [], memory };
}

function differing(
  { path, memory }: Place,
  { expected, actual }: { readonly expected: string; readonly actual: string },
): Comparison {
  return { differences: [`${path}: ${expected} was expected, ${actual} came`], memory };
}

/** A name stands for what came first, and from then on for nothing else. */
function compareNamed(name: string, actual: Item, place: Place): Comparison {
  const { memory } = place;
  const before = memory.bound.get(name);
  if (before === undefined) {
    return same({ ...memory, bound: new Map(memory.bound).set(name, actual) });
  }
  return sameItem({ ...before, tag: actual.tag }, actual)
    ? same(memory)
    : differing(place, { expected: `${name} = ${shown(before)}`, actual: shown(actual) });
}

function compareParts(expected: Structure, actual: Structure, place: Place): Comparison {
  const unordered = isUnordered(expected.tag);
  const differences: string[] = [];
  const called = (item: Item) => `${tagName(item.tag, place.version) ?? item.tag} ${shown(item)}`;
  let { memory } = place;
  let left = [...actual.value.entries()];
  let reached = -1;
  for (const part of expected.value) {
    const isListed = unordered || mayBeMore(part.tag, expected.tag);
    const tried = left
      .filter(([, { tag }]) => tag === part.tag)
      .slice(0, isListed ? undefined : 1)
      .map(([at, one]) => ({ at, ...compare(part, one, { ...place, memory }) }));
    const fitting = tried.find((each) => each.differences.length === 0);
    if (fitting === undefined && mayBeUnlisted(part, expected.tag) && isQuery(expected)) continue;
    const best = fitting ?? tried[0];
    if (best === undefined) {
      if (mayBeLeftOut.has(part.tag)) continue;
      differences.push(`${place.path}: ${called(part)} was expected, and did not come`);
      continue;
    }
    differences.push(...best.differences);
    memory = best.memory;
    if (!isListed && best.at < reached) {
      differences.push(`${place.path}: ${called(part)} came too early`);
    }
    reached = Math.max(reached, isListed ? -1 : best.at);
    left = left.filter(([at]) => at !== best.at);
  }
  const surplus = left.filter(
    ([, { tag }]) => !unordered && !mayBeLeftOut.has(tag) && !mayBeMore(tag, expected.tag),
  );
  for (const [, one] of surplus) {
    differences.push(`${place.path}: ${called(one)} came, and was not expected`);
  }
  return { differences, memory };
}

/** The attribute that an Attribute of 1.x names. */
function attributeNamed(item: Structure): Tag | undefined {
  const name = partsTagged(item, tags.AttributeName)[0];
  return item.tag === tags.Attribute && name?.type === 'TextString'
    ? tagNamed(normalisedName(name.value), '1.4')
    : undefined;
}

/** The first value of an attribute of 1.x has the index 0, said or not. */
function indexed(item: Structure): Structure {
  const isFirst = (part: Item) => part.tag === tags.AttributeIndex && part.value === 0;
  return item.tag === tags.Attribute && item.value.some(isFirst)
    ? { ...item, value: item.value.filter((part) => !isFirst(part)) }
    : item;
}

/** Only what Query answers has operations in its payload. */
function isQuery(payload: Structure): boolean {
  return partsTagged(payload, tags.Operation).length > 0;
}

/** Of what the server made, or works out by chance, nobody can say the bytes before. */
function generatedIn(expected: Structure, actual: Structure, place: Place): Place {
  if (expected.tag !== tags.BatchItem) return place;
  const operation = partsTagged(expected, tags.Operation)[0]?.value;
  const { Encrypt, Sign, RNGRetrieve } = enumerations.Operation;
  const payload = partsTagged(actual, tags.ResponsePayload)[0];
  const named = payload === undefined ? [] : identifiersIn(payload);
  const isGenerated =
    operation === RNGRetrieve ||
    operation === Sign ||
    named.some((one) => place.memory.made.has(one)) ||
    (operation === Encrypt && named.some((one) => place.memory.public.has(one)));
  return { ...place, isGenerated };
}

function shown(item: Item): string {
  if (item.type === 'Structure') return '{…}';
  return item.type === 'ByteString'
    ? `${item.value.length} bytes ${Buffer.from(item.value).subarray(0, 24).toString('hex')}`
    : String(item.value);
}
