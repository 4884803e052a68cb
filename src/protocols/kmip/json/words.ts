import { enumerations } from '../registry/enumerations.ts';
import { masks } from '../registry/masks.ts';
import { tags } from '../registry/tags.ts';

/** Where the hash of a word begins; each character makes it `Math.imul(hash, 31) + code | 0`. */
export const firstHash = 7;

/**
 * The name of KMIP that stands between two offsets, always as the same string: such are looked up
 * several times faster than a part of the text. `undefined`: another word, or one without room.
 */
export function wordAt(
  text: string,
  { start, end, hash }: { readonly start: number; readonly end: number; readonly hash: number },
): string | undefined {
  const slot = hash & (size - 1);
  const first = slots[slot];
  if (first === undefined) return undefined;
  if (isAt(text, first, start, end)) return first;
  const second = slots[(slot + 1) & (size - 1)];
  return second !== undefined && isAt(text, second, start, end) ? second : undefined;
}

const size = 8192;
const slots: (string | undefined)[] = Array.from({ length: size }, () => undefined);

for (const table of [tags, ...Object.values(enumerations), ...Object.values(masks)]) {
  for (const word of Object.keys(table)) keep(word);
}

function keep(word: string): void {
  let hash = firstHash;
  for (let index = 0; index < word.length; index += 1) {
    hash = (Math.imul(hash, 31) + word.charCodeAt(index)) | 0;
  }
  const slot = hash & (size - 1);
  const free = [slot, (slot + 1) & (size - 1)].find((at) => slots[at] === undefined);
  if (free !== undefined) slots[free] = word;
}

function isAt(text: string, word: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (text.charCodeAt(start + index) !== word.charCodeAt(index)) return false;
  }
  return true;
}
