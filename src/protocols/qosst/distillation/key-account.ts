import { createHash } from 'node:crypto';

/** What a side tells of its final key: its length and a digest of its bits, never the key. */
export function keyAccount(key: Uint8Array | null): Readonly<Record<string, string | number>> {
  if (key === null) return {};
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return { 'final key': `${key.length} bits, SHA-256 ${digest}` };
}
