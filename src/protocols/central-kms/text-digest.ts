import { createHash } from 'node:crypto';

/** Below that many characters a key, in hexadecimal, is found from its digest by trying. */
const shortestTold = 16;

/** A text as people may see it: its length, and a digest that tells it from others. */
export function textDigest(text: string): string {
  if (text.length < shortestTold) return `${text.length} characters, too few to tell a digest`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${text.length} characters (SHA-256 ${digest}…)`;
}
