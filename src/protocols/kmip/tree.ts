/**
 * KMIP's one typed tree (OASIS KMIP 2.1, chapter 10): what binary TTLV, JSON and XML all write.
 * Plain values; 64-bit fields are `bigint`.
 */

/** The tag of an item: three bytes; 0x42xxxx of the standard, 0x54xxxx of extensions. */
export type Tag = number;

interface Tagged {
  readonly tag: Tag;
  /** The name that was written, where text named a tag that no registry knows; `tag` is then 0. */
  readonly unknownName?: string;
}

export interface Structure extends Tagged {
  readonly type: 'Structure';
  readonly value: readonly Item[];
}

/** Signed, 32 bits. Masks are integers as well. */
export interface IntegerItem extends Tagged {
  readonly type: 'Integer';
  readonly value: number;
}

/** Signed, 64 bits. */
export interface LongInteger extends Tagged {
  readonly type: 'LongInteger';
  readonly value: bigint;
}

/** Signed, any size. */
export interface BigInteger extends Tagged {
  readonly type: 'BigInteger';
  readonly value: bigint;
}

/** Unsigned, 32 bits; extensions begin with the nibble 8. */
export interface Enumeration extends Tagged {
  readonly type: 'Enumeration';
  readonly value: number;
  /** The name that was written, where no registry knows it; `value` is then 0. */
  readonly unknownValue?: string;
}

export interface BooleanItem extends Tagged {
  readonly type: 'Boolean';
  readonly value: boolean;
}

export interface TextString extends Tagged {
  readonly type: 'TextString';
  readonly value: string;
}

export interface ByteString extends Tagged {
  readonly type: 'ByteString';
  readonly value: Uint8Array;
}

/** Seconds since 1970, signed, 64 bits. */
export interface DateTime extends Tagged {
  readonly type: 'DateTime';
  readonly value: bigint;
}

/** Seconds, unsigned, 32 bits. */
export interface Interval extends Tagged {
  readonly type: 'Interval';
  readonly value: number;
}

/** Microseconds since 1970, signed, 64 bits; since KMIP 2.0. */
export interface DateTimeExtended extends Tagged {
  readonly type: 'DateTimeExtended';
  readonly value: bigint;
}

export type Item =
  | Structure
  | IntegerItem
  | LongInteger
  | BigInteger
  | Enumeration
  | BooleanItem
  | TextString
  | ByteString
  | DateTime
  | Interval
  | DateTimeExtended;

export type ItemType = Item['type'];

/** The versions whose registries we have; `1.0` to `1.3` are read with that of 1.4. */
export type Version = '1.4' | '2.0' | '2.1';

/** Something wrong in what was read; the reader went on as well as it could. */
export interface Problem {
  /** A stable word for it, of its encoding's own list: `childOverrun`, `trailingComma`. */
  readonly kind: string;
  /** Offset in the bytes or the text. */
  readonly at: number;
  /** Names (or 0x tags) from the root down: `RequestMessage/BatchItem[1]/Operation`. */
  readonly path: string;
  /** What was found and what was expected, in one line. */
  readonly detail: string;
  /** True of what a reader may as well accept (non-zero padding, a repaired comma). */
  readonly tolerable?: true;
}

/** What a reader made of some bytes or text. */
export interface ReadTree {
  /** The tree as far as it could be read; `null` where nothing could. */
  readonly item: Item | null;
  readonly problems: readonly Problem[];
}

/** Where readers stop: depth of structures, and bytes of one item. */
export interface Limits {
  readonly depth: number;
  readonly bytes: number;
}

export const defaultLimits: Limits = { depth: 64, bytes: 64 * 1024 * 1024 };
