import { enumerations } from '../registry/enumerations.ts';
import { tagName } from '../registry/tag-names.ts';
import { tags } from '../registry/tags.ts';
import type { Item } from '../tree.ts';
import { placeholderOf } from './read-test-case.ts';

/** What placeholders stand for, and what is known of the objects that were named. */
export interface Memory {
  readonly bound: ReadonlyMap<string, Item>;
  /**
   * What came last under each tag, by the name that a placeholder of it has: test cases show some
   * values as they are, and mean by `$MAC_DATA` what came instead.
   */
  readonly latest: ReadonlyMap<string, Item>;
  /** Identifiers of objects that the server made: nobody can know their keys before. */
  readonly made: ReadonlySet<string>;
  /** Identifiers of public keys: what they encrypt depends on chance. */
  readonly public: ReadonlySet<string>;
}

export const newMemory: Memory = {
  bound: new Map(),
  latest: new Map(),
  made: new Set(),
  public: new Set(),
};

/** For the next test case: objects are still there, placeholders are new. */
export function nextCase(memory: Memory): Memory {
  return { ...memory, bound: new Map(), latest: new Map() };
}

/** An item with all placeholders that are known filled in; the rest stay as they are. */
export function filled(item: Item, memory: Memory): Item {
  if (item.type === 'Structure') {
    return { ...item, value: item.value.map((part) => filled(part, memory)) };
  }
  const name = placeholderOf(item) ?? '';
  const known = memory.bound.get(name) ?? memory.latest.get(name);
  return known === undefined || known.type !== item.type ? item : { ...known, tag: item.tag };
}

/** The placeholders of an item that nobody filled in. */
export function unfilled(item: Item): readonly string[] {
  if (item.type === 'Structure') return item.value.flatMap(unfilled);
  const name = placeholderOf(item);
  return name === undefined ? [] : [name];
}

/** What a request and its response tell of objects, item by item. */
export function learnt(request: Item, response: Item, memory: Memory): Memory {
  const made = new Set(memory.made);
  const publicKeys = new Set(memory.public);
  const latest = new Map(memory.latest);
  const asked = partsTagged(request, tags.BatchItem);
  for (const [index, answer] of partsTagged(response, tags.BatchItem).entries()) {
    const operation = partsTagged(answer, tags.Operation)[0]?.value;
    const payload = partsTagged(answer, tags.ResponsePayload)[0];
    const named = payload === undefined ? [] : identifiersIn(payload);
    for (const item of payload?.type === 'Structure' ? payload.value : []) {
      latest.set(placeholderName(item), item);
    }
    if (operation === Create || operation === CreateKeyPair) named.forEach((one) => made.add(one));
    const wanted = partsTagged(asked[index], tags.RequestPayload)[0];
    const type = partsTagged(wanted, tags.ObjectType)[0]?.value;
    if (operation === Register && type === enumerations.ObjectType.PublicKey) {
      named.forEach((one) => publicKeys.add(one));
    }
  }
  return { ...memory, latest, made, public: publicKeys };
}

/** `MACData` is `$MAC_DATA`, `IVCounterNonce` `$IV_COUNTER_NONCE`. */
function placeholderName(item: Item): string {
  const name = tagName(item.tag, '2.1') ?? '';
  const words = name.replaceAll(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4');
  return `$${words.toUpperCase()}`;
}

const { Create, CreateKeyPair, Register } = enumerations.Operation;
const identifierTags: readonly number[] = [
  tags.UniqueIdentifier,
  tags.PrivateKeyUniqueIdentifier,
  tags.PublicKeyUniqueIdentifier,
];

/** The identifiers of a payload. */
export function identifiersIn(payload: Item): readonly string[] {
  return payload.type === 'Structure'
    ? payload.value.flatMap((item) =>
        item.type === 'TextString' && identifierTags.includes(item.tag) ? [item.value] : [],
      )
    : [];
}

/** The parts of a structure with a tag. */
export function partsTagged(item: Item | undefined, tag: number): readonly Item[] {
  return item?.type === 'Structure' ? item.value.filter((part) => part.tag === tag) : [];
}
