import type { Item, Tag } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import type { Context } from '../model/context.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';

/**
 * The data of a request: given, or (KMIP 2.x) those that an earlier item of the batch worked out.
 * `undefined`: none.
 */
export function dataIn(
  payload: Item,
  { batch }: Context,
  tag: Tag = tags.Data,
): Uint8Array | undefined | Failure {
  const data = items.part(payload, tag);
  if (data === undefined) return undefined;
  if (data.type === 'ByteString') return data.value;
  const before = data.type === 'Enumeration' ? batch.outputs.get(data.value) : undefined;
  return before ?? failed('missingData', 'no item before this one gave such data');
}
