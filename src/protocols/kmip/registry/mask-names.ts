import type { Tag, Version } from '../tree.ts';
import { masks } from './masks.ts';
import { tagName } from './tag-names.ts';
import { valuesOfOneOnly, valuesOfTwo } from './versions.ts';

/**
 * The bits of the mask that a tag is, by their normalised names, lowest first; `undefined` where a
 * tag is no mask.
 */
export function maskBits(tag: Tag, version: Version): ReadonlyMap<string, number> | undefined {
  const name = tagName(tag, version);
  return name === undefined ? undefined : (version === '1.4' ? bitsOfOne : bitsOfTwo).get(name);
}

/**
 * The parts of a mask: the names of its bits, lowest first, and the rest as `0x` and eight digits.
 * `undefined`: the tag is no mask, or the value is 0 or negative, which has no names.
 */
export function maskNames(
  tag: Tag,
  value: number,
  version: Version,
): readonly string[] | undefined {
  const bits = maskBits(tag, version);
  if (bits === undefined || value <= 0) return undefined;
  const parts: string[] = [];
  let rest = value;
  for (const [name, bit] of bits) {
    if ((rest & bit) === 0) continue;
    parts.push(name);
    rest &= ~bit;
  }
  return rest === 0 ? parts : [...parts, `0x${rest.toString(16).padStart(8, '0')}`];
}

const bitsOfOne = bitsOf(valuesOfTwo);
const bitsOfTwo = bitsOf(valuesOfOneOnly);

function bitsOf(
  others: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(
    Object.entries(masks).map(([mask, rows]) => {
      const bits = Object.entries(rows).filter(([name]) => others[mask]?.includes(name) !== true);
      return [mask, new Map<string, number>(bits)];
    }),
  );
}
