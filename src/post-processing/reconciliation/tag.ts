import { isHashKey, verificationHash } from '../verification-hash.ts';

/** Bits that the tag of a block tells of it: to be counted as leaked. */
export const tagBits = 32;
/** Blocks shorter than this have no tag, which would tell too much of them. */
const taggedFrom = 1024;

/**
 * 32 bits by which a wrong block is known that has the right syndrome: codes of low rate decode to a
 * near word once in a hundred blocks, and one such block would spoil the verification of a whole
 * frame. Its key is known to all, so it proves nothing; that is what verification is for.
 *
 * @returns `null` for a short block
 */
export function tagOf(bits: Uint8Array): number | null {
  if (bits.length < taggedFrom || !isHashKey(tagKey)) return null;
  return Number(verificationHash(bits, tagKey) & 0xffffffffn);
}

/** The digits of π after the point, as a number in hexadecimal. */
const tagKey = 0x243f6a8885a308dn;
