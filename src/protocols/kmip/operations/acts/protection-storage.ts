import type { Item, Tag } from '../../tree.ts';
import { masks } from '../../registry/masks.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';

/** Whether a request allows only storage that this server has not: it keeps all in software. */
export function storageFailure(payload: Item, tag: Tag): Failure | null {
  const wanted = items.part(payload, tag);
  if (wanted === undefined) return null;
  const { Software } = masks.ProtectionStorageMask;
  const isOffered = items
    .parts(wanted)
    .some((mask) => mask.type === 'Integer' && (mask.value & ~Software) === 0);
  return isOffered ? null : failed('protectionStorage', 'keys are kept in software here');
}
