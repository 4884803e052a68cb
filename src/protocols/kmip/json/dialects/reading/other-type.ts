import { tagTypes } from '../../../registry/tag-types.ts';
import type { Item, ItemType } from '../../../tree.ts';
import type { Rebuild } from '../../dialect.ts';

/** An item of another type than its tag has gets that type, where it can say the same. */
export const otherType: Rebuild = (item, { version, report }) => {
  const types = tagTypes(item.tag, version);
  const [usual] = types;
  if (usual === undefined || types.includes(item.type)) return null;
  const retyped = retype(item, usual);
  if (retyped === null) return null;
  report('otherType', `${item.type}, read as ${usual}`);
  return [retyped];
};

function retype(item: Item, type: ItemType): Item | null {
  if (item.type === 'LongInteger' && type === 'DateTime') return { ...item, type };
  if (item.type === 'Enumeration' && type === 'Integer') return maskOf(item);
  if (item.type !== 'Integer') return null;
  const { tag, value } = item;
  if (type === 'LongInteger' || type === 'DateTime') return { tag, type, value: BigInt(value) };
  if (type === 'Interval' && value >= 0) return { tag, type, value };
  return type === 'ByteString' ? { tag, type, value: bytesOf(value) } : null;
}

/** Masks as numbers of the type Enumeration. */
function maskOf({ tag, value, unknownValue }: Extract<Item, { type: 'Enumeration' }>): Item | null {
  return unknownValue === undefined ? { tag, type: 'Integer', value: value | 0 } : null;
}

/** Four bytes, big-endian. */
function bytesOf(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}
