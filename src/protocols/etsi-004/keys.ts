import { createHash } from 'node:crypto';

/** Which key: of which stream, and which of its keys. */
export interface KeyName {
  readonly streamId: string;
  readonly index: number;
}

/**
 * A key of so many bytes: the same at both ends, because it comes of its name alone. Nobody should
 * ever use it: ids are drawn anew for each session, but they are no secret.
 */
export function keyOf({ streamId, index }: KeyName, bytes: number): Uint8Array {
  const name = `etsi-004/${streamId.toLowerCase()}/${index}`;
  return createHash('shake256', { outputLength: bytes }).update(name).digest();
}

/** Keys shorter than that are found from their digest by trying: it is not told. */
const shortestTold = 8;

/** A key as people may see it: its length, and a digest that tells it from others. */
export function keyDigest(key: Uint8Array): string {
  if (key.length < shortestTold) return `${key.length} bytes, too few to tell a digest`;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 12);
  return `${key.length} bytes (SHA-256 ${digest}…)`;
}
