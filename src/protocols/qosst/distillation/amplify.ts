import { lfsrFlaw, lfsrHash } from '#src/post-processing/privacy-amplification/lfsr.ts';
import { toeplitz, toeplitzSeedBits } from '#src/post-processing/privacy-amplification/toeplitz.ts';
import { member, numbers } from '../say.ts';

/** A key, or why there is none. */
export type Amplified =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Makes the final key as PA_REQUEST asks: with a feedback polynomial by the document's shift
 * register, with none by a full Toeplitz matrix, of which `subblock_length` columns are taken at
 * once.
 */
export function amplify(raw: Uint8Array, request: unknown): Amplified {
  const seed = numbers(member(request, 'seed'));
  const outputBits = Number(member(request, 'secret_key_length'));
  const subblockBits = Number(member(request, 'subblock_length'));
  const polynomial = numbers(member(request, 'feedback_polynomial'));
  if (![...seed, ...polynomial].every((bit) => bit === 0 || bit === 1)) {
    return { kind: 'refused', why: 'Bits other than 0 and 1.' };
  }
  if (!Number.isInteger(outputBits) || outputBits < 1 || outputBits > raw.length) {
    return { kind: 'refused', why: `No ${outputBits} bits can come from ${raw.length}.` };
  }
  if (polynomial.length > 0) {
    const asked = { seed, outputBits, subblockBits, polynomial };
    const flaw = lfsrFlaw(asked, raw.length);
    return flaw === null
      ? { kind: 'key', key: lfsrHash(raw, asked) }
      : { kind: 'refused', why: `Invalid value: ${flaw}.` };
  }
  const seedBits = toeplitzSeedBits(raw.length, outputBits);
  if (seed.length !== seedBits) {
    return { kind: 'refused', why: `The seed has ${seed.length} bits, not ${seedBits}.` };
  }
  if (!isBlock(subblockBits)) {
    return { kind: 'refused', why: 'The subblock length is no power of 2 from 8 to 65536.' };
  }
  return { kind: 'key', key: toeplitz(raw, Uint8Array.from(seed), outputBits, subblockBits) };
}

function isBlock(width: number): boolean {
  return Number.isInteger(Math.log2(width)) && width >= 8 && width <= 2 ** 16;
}
