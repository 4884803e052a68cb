import { tags } from '../../../registry/tags.ts';
import type { Rebuild } from '../../dialect.ts';

/** Batch items within a batch item stand beside it; one that holds nothing else goes. */
export const nestedBatchItem: Rebuild = (item, { report }) => {
  if (item.tag !== tags.BatchItem || item.type !== 'Structure') return null;
  const nested = item.value.filter(({ tag }) => tag === tags.BatchItem);
  if (nested.length === 0) return null;
  report('nestedBatchItem', `${nested.length} in a batch item`);
  const own = item.value.filter(({ tag }) => tag !== tags.BatchItem);
  return own.length === 0 ? nested : [{ ...item, value: own }, ...nested];
};
