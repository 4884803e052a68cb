import { createHash } from 'node:crypto';

/** What a side tells of the keys of a session: their length and a digest of their bits, no more. */
export function keyAccount(keys: readonly Uint8Array[]): Readonly<Record<string, string | number>> {
  if (keys.length === 0) return {};
  const hash = createHash('sha256');
  for (const key of keys) hash.update(key);
  const bits = keys.reduce((sum, { length }) => sum + length, 0);
  return { 'final key': `${bits} bits, SHA-256 ${hash.digest('hex').slice(0, 16)}` };
}
