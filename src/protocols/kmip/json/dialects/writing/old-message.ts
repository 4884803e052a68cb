import { tags } from '../../../registry/tags.ts';
import type { Item, Structure, Tag } from '../../../tree.ts';

/**
 * The tree of Cosmian's servers of version 4: `Message` with `Header` and `Items`, and what may
 * repeat within a structure of its own tag, also where there is only one.
 */
export function oldMessage(item: Item): Item {
  if (item.type !== 'Structure') return renamed(retyped(item));
  return renamed({ ...item, value: fieldsOf(item) });
}

/** What lies in a structure: objects renamed, repeats wrapped. */
function fieldsOf(structure: Structure): readonly Item[] {
  const items: Item[] = [];
  const hasObjectType = structure.value.some(({ tag }) => tag === tags.ObjectType);
  for (let index = 0; index < structure.value.length;) {
    const run = runAt(structure.value, index);
    index += run.length;
    const [first] = run;
    if (first === undefined) break;
    const isObject = hasObjectType && objectTags.has(first.tag);
    const fields = run.map((field) => oldMessage(isObject ? asObject(field) : field));
    const isWrapped = !isObject && (run.length > 1 || isRepeatable(first.tag, structure));
    if (isWrapped) items.push(renamed({ tag: first.tag, type: 'Structure', value: fields }));
    else items.push(...fields);
  }
  return items;
}

function runAt(items: readonly Item[], start: number): readonly Item[] {
  const first = items[start];
  let end = start + 1;
  while (end < items.length && items[end]?.tag === first?.tag && first?.tag !== 0) end += 1;
  return items.slice(start, end);
}

function isRepeatable(tag: Tag, { unknownName, value }: Structure): boolean {
  if (repeatable.has(tag)) return true;
  if (tag !== tags.UniqueIdentifier) return false;
  return unknownName === 'LocateResponse' || value.some((item) => item.tag === tags.LocatedItems);
}

function asObject(item: Item): Item {
  return { ...item, tag: 0, unknownName: 'Object' };
}

function retyped(item: Item): Item {
  if (item.tag === tags.TimeStamp && item.type === 'DateTime') {
    return { ...item, type: 'LongInteger' };
  }
  const isShortId =
    item.tag === tags.UniqueBatchItemID && item.type === 'ByteString' && item.value.length === 4;
  if (!isShortId) return item;
  const { buffer, byteOffset } = item.value;
  return { tag: item.tag, type: 'Integer', value: new DataView(buffer, byteOffset).getInt32(0) };
}

function renamed(item: Item): Item {
  const name = names.get(item.tag);
  return name === undefined || item.unknownName !== undefined
    ? item
    : { ...item, tag: 0, unknownName: name };
}

const repeatable: ReadonlySet<Tag> = new Set([
  ...[tags.BatchItem, tags.Link, tags.Attribute, tags.AttributeReference],
]);

const objectTags: ReadonlySet<Tag> = new Set([
  ...[tags.Certificate, tags.SymmetricKey, tags.PublicKey, tags.PrivateKey, tags.SplitKey],
  ...[tags.SecretData, tags.OpaqueObject, tags.PGPKey],
]);

const names: ReadonlyMap<Tag, string> = new Map([
  [tags.RequestMessage, 'Message'],
  [tags.ResponseMessage, 'Message'],
  [tags.RequestHeader, 'Header'],
  [tags.ResponseHeader, 'Header'],
  [tags.BatchItem, 'Items'],
  [tags.Attribute, 'VendorAttributes'],
  [tags.TimeStamp, 'Timestamp'],
  [tags.UniqueBatchItemID, 'UniqueBatchItemId'],
]);
