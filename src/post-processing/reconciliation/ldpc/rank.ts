import type { Code } from './code.ts';
import { folded } from './fold.ts';

/**
 * How many checks of a code are independent: what a syndrome tells, in bits. A check with a leaf is
 * independent of all that lack this leaf; the rest is eliminated, 32 variables a word, which takes
 * checks² · variables / 64 steps of those.
 */
export function rankOf(code: Code): number {
  const { leafStart, coreStart, coreEdges, core } = folded(code);
  const words = Math.ceil(core.length / 32);
  const pivots: Int32Array[] = [];
  let withLeaf = 0;
  for (let check = 0; check < code.checks; check += 1) {
    if (leafStart[check] !== leafStart[check + 1]) {
      withLeaf += 1;
      continue;
    }
    const row = new Int32Array(words);
    for (const variable of coreEdges.subarray(coreStart[check], coreStart[check + 1])) {
      row[variable >> 5] = (row[variable >> 5] ?? 0) ^ (1 << (variable & 31));
    }
    for (const pivot of pivots) reduce(row, pivot);
    if (row.some((word) => word !== 0)) pivots.push(row);
  }
  return withLeaf + pivots.length;
}

/** Adds the pivot where the row holds the pivot's lowest variable. */
function reduce(row: Int32Array, pivot: Int32Array): void {
  const word = pivot.findIndex((bits) => bits !== 0);
  const bits = pivot[word] ?? 0;
  if (((row[word] ?? 0) & bits & -bits) === 0) return;
  for (let at = word; at < row.length; at += 1) row[at] = (row[at] ?? 0) ^ (pivot[at] ?? 0);
}
