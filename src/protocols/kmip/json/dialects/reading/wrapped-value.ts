import { tagTypes } from '../../../registry/tag-types.ts';
import type { Rebuild } from '../../dialect.ts';

/**
 * A structure in place of a field that is none stands for its items, if these are of a type that
 * the field has; they get its tag.
 */
export const wrappedValue: Rebuild = (item, { version, report }) => {
  if (item.type !== 'Structure' || item.value.length === 0) return null;
  const types = tagTypes(item.tag, version);
  if (types.length === 0 || types.includes('Structure')) return null;
  if (item.value.some(({ type }) => !types.includes(type))) return null;
  report('wrappedValue', `${item.value.length} in a structure`);
  return item.value.map((value) => ({ ...value, tag: item.tag }));
};
