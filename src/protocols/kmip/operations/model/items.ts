import type { Enumeration, Item, Structure, Tag } from '../../tree.ts';
import { sameBytes } from '#src/base/bytes.ts';

/** A structure; parts that are `null` or `undefined` are left out. */
export function structure(tag: Tag, parts: readonly (Item | null | undefined)[] = []): Structure {
  return {
    tag,
    type: 'Structure',
    value: parts.filter((part) => part !== null && part !== undefined),
  };
}

export const text = (tag: Tag, value: string): Item => ({ tag, type: 'TextString', value });
export const bytes = (tag: Tag, value: Uint8Array): Item => ({ tag, type: 'ByteString', value });
export const integer = (tag: Tag, value: number): Item => ({ tag, type: 'Integer', value });
export const long = (tag: Tag, value: bigint): Item => ({ tag, type: 'LongInteger', value });
export const big = (tag: Tag, value: bigint): Item => ({ tag, type: 'BigInteger', value });
export const boolean = (tag: Tag, value: boolean): Item => ({ tag, type: 'Boolean', value });
export const dateTime = (tag: Tag, value: bigint): Item => ({ tag, type: 'DateTime', value });
export const interval = (tag: Tag, value: number): Item => ({ tag, type: 'Interval', value });
export const enumeration = (tag: Tag, value: number): Enumeration => ({
  tag,
  type: 'Enumeration',
  value,
});

/** The parts of a structure; of any other item none. */
export function parts(parent: Item | undefined): readonly Item[] {
  return parent?.type === 'Structure' ? parent.value : [];
}

/** The first part of a structure with a tag. */
export function part(parent: Item | undefined, tag: Tag): Item | undefined {
  return parts(parent).find((item) => item.tag === tag);
}

/** All parts of a structure with a tag. */
export function all(parent: Item | undefined, tag: Tag): readonly Item[] {
  return parts(parent).filter((item) => item.tag === tag);
}

/** The value of a part, where it is there and of that type; so do the functions below. */
export function textOf(parent: Item | undefined, tag: Tag): string | undefined {
  const item = part(parent, tag);
  return item?.type === 'TextString' ? item.value : undefined;
}

export function bytesOf(parent: Item | undefined, tag: Tag): Uint8Array | undefined {
  const item = part(parent, tag);
  return item?.type === 'ByteString' ? item.value : undefined;
}

export function integerOf(parent: Item | undefined, tag: Tag): number | undefined {
  const item = part(parent, tag);
  return item?.type === 'Integer' ? item.value : undefined;
}

export function longOf(parent: Item | undefined, tag: Tag): bigint | undefined {
  const item = part(parent, tag);
  return item?.type === 'LongInteger' ? item.value : undefined;
}

export function bigOf(parent: Item | undefined, tag: Tag): bigint | undefined {
  const item = part(parent, tag);
  return item?.type === 'BigInteger' ? item.value : undefined;
}

export function booleanOf(parent: Item | undefined, tag: Tag): boolean | undefined {
  const item = part(parent, tag);
  return item?.type === 'Boolean' ? item.value : undefined;
}

export function dateOf(parent: Item | undefined, tag: Tag): bigint | undefined {
  const item = part(parent, tag);
  return item?.type === 'DateTime' ? item.value : undefined;
}

export function intervalOf(parent: Item | undefined, tag: Tag): number | undefined {
  const item = part(parent, tag);
  return item?.type === 'Interval' ? item.value : undefined;
}

export function enumerationOf(parent: Item | undefined, tag: Tag): number | undefined {
  const item = part(parent, tag);
  return item?.type === 'Enumeration' ? item.value : undefined;
}

export function structureOf(parent: Item | undefined, tag: Tag): Structure | undefined {
  const item = part(parent, tag);
  return item?.type === 'Structure' ? item : undefined;
}

/** Whether two items are the same: tag, type, value, and in structures the parts in their order. */
export function sameItem(left: Item, right: Item): boolean {
  if (left.tag !== right.tag || left.type !== right.type) return false;
  if (left.type === 'Structure' && right.type === 'Structure') {
    return (
      left.value.length === right.value.length &&
      left.value.every((item, index) => {
        const other = right.value[index];
        return other !== undefined && sameItem(item, other);
      })
    );
  }
  if (left.type === 'ByteString' && right.type === 'ByteString') {
    return sameBytes(left.value, right.value);
  }
  return left.value === right.value;
}
