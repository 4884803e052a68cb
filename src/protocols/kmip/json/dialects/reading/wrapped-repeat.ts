import type { Rebuild } from '../../dialect.ts';

/** A structure of nothing but items of its own tag stands for these items. */
export const wrappedRepeat: Rebuild = (item, { report }) => {
  if (item.type !== 'Structure' || item.tag === 0 || item.value.length === 0) return null;
  if (item.value.some(({ tag }) => tag !== item.tag)) return null;
  report('wrappedRepeat', `${item.value.length} in a structure of their own tag`);
  return item.value;
};
