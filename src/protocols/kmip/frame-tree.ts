import { createHash } from 'node:crypto';
import type { FrameTree } from '#src/contract/exhibit.ts';
import { httpHeadTree } from '#src/wire/tree/http-tree.ts';
import { branch, leaf } from '#src/wire/tree/tree.ts';
import { describe } from './describe.ts';
import type { KmipFrame } from './frames.ts';
import { stepName } from './item-path.ts';
import { enumerationName } from './registry/enumeration-names.ts';
import { isSecret } from './secrets.ts';
import type { Item, Version } from './tree.ts';
import { versionOfTree } from './tree-version.ts';
import { writtenSeconds } from './written/dates.ts';

/** A message item by item, with tags, types and values; key material as length and digest. */
export function frameTree(frame: KmipFrame): FrameTree {
  const { http, tree, problems } = frame;
  const { item } = tree;
  const version = item === null ? null : versionOfTree(item);
  return branch(describe(frame), [
    ...(http === null ? [] : [httpHeadTree(http)]),
    ...(item === null ? [] : [itemTree(item, { version: version ?? '2.1', hides: false })]),
    ...problems.map(({ kind, path, detail }) => leaf(`problem ${kind}`, `${path}: ${detail}`)),
  ]);
}

/** `hides`: within key material. */
function itemTree(item: Item, within: { version: Version; hides: boolean }): FrameTree {
  const name = `${item.unknownName ?? stepName(item.tag)} (${item.type})`;
  const hides = isSecret(item, within.hides);
  if (item.type !== 'Structure') return leaf(name, hides ? digestOf(item) : shown(item, within));
  return branch(
    name,
    item.value.map((child) => itemTree(child, { ...within, hides })),
  );
}

function shown(item: Exclude<Item, { type: 'Structure' }>, { version }: { version: Version }) {
  switch (item.type) {
    case 'Enumeration':
      return enumerationShown(item, version);
    case 'ByteString':
      return item.value.length === 0 ? 'no bytes' : bytesShown(item.value);
    case 'TextString':
      return JSON.stringify(item.value);
    case 'DateTime':
      return dateShown(item.value);
    default:
      return String(item.value);
  }
}

function enumerationShown(item: Extract<Item, { type: 'Enumeration' }>, version: Version): string {
  const { tag, value, unknownValue } = item;
  const hex = `0x${value.toString(16).padStart(8, '0')}`;
  const name = unknownValue ?? enumerationName(tag, value, version);
  return name === undefined ? hex : `${name} (${hex})`;
}

/** Bytes of a value that are shown. */
const mostBytes = 256;

function bytesShown(value: Uint8Array): string {
  const hex = Buffer.from(value.subarray(0, mostBytes)).toString('hex');
  return value.length > mostBytes ? `${hex}… (${value.length} bytes)` : hex;
}

/** Of a time that no calendar holds the number alone. */
function dateShown(seconds: bigint): string {
  const written = writtenSeconds(seconds);
  return written === null ? `${seconds} s` : `${written} (${seconds} s)`;
}

/** Below that many bytes a key is found from its digest by trying. */
const shortestTold = 8;

/** Texts are passwords, which a digest would give away: of them the length alone. */
function digestOf(item: Exclude<Item, { type: 'Structure' }>): string {
  if (item.type === 'TextString') return `${item.value.length} characters`;
  if (item.type !== 'ByteString' && item.type !== 'BigInteger') return 'hidden';
  const bytes = item.type === 'ByteString' ? item.value : Buffer.from(item.value.toString(16));
  const { length } = item.type === 'ByteString' ? bytes : { length: Math.ceil(bytes.length / 2) };
  if (length < shortestTold) return `${length} bytes`;
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return `${length} bytes (SHA-256 ${digest}…)`;
}
