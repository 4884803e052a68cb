import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags, type TagName } from '../../registry/tags.ts';
import * as items from '../model/items.ts';

/**
 * Where randomness comes from, as an attribute or a Query says it: injected, so that a run can be
 * repeated. Of such a source the standard's word is Unspecified.
 */
export function randomNumberGenerator(
  name: Extract<TagName, 'RandomNumberGenerator' | 'RNGParameters'> = 'RandomNumberGenerator',
): Item {
  const { Unspecified } = enumerations.RNGAlgorithm;
  return items.structure(tags[name], [items.enumeration(tags.RNGAlgorithm, Unspecified)]);
}
