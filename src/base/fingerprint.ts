/** A short number for a text, the same in every run: FNV-1a, 0 … 2^32 - 1. No secret in it. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
