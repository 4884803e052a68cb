import type { Item } from '../../tree.ts';

/** A cryptographic operation in several parts, between two of them. */
export interface Stream {
  /** The operation that began it. */
  readonly operation: number;
  readonly identifier: string | undefined;
  /** The fields of the first request: parameters, initialization vector, additional data. */
  readonly first: readonly Item[];
  /** All data so far. */
  readonly data: Uint8Array;
  /** How much of the result has gone out already. */
  readonly sentBytes: number;
}
