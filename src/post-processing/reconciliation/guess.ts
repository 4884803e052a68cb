import type { Decoded, Decoder } from './ldpc/decode.ts';

/** What is known of a block, and how one knows its bits once they are found. */
export interface Search {
  /** Of each variable, ln p(0)/p(1). */
  readonly llrs: Float64Array;
  readonly syndrome: Uint8Array;
  readonly isRight: (bits: Uint8Array) => boolean;
}

/** Iterations without a guess, and with each guess. */
const plainIterations = 100;
const guessIterations = 40;
/** Where few checks are wrong, a guess that helps is mostly among the first ten. */
const fewUnsettled = 200;
const guessesNear = 32;
/** Where many are, the noise is too much, mostly, and guesses are wasted. */
const guessesFar = 5;
/** As good as certain: ln p(0)/p(1) of a guessed bit. */
const surely = 30;

/**
 * Decodes, and where that ends nowhere or in other bits, guesses: a decoder of a code of low rate is
 * stuck in a few variables that hold each other in the wrong, and these are among those it doubts
 * most. So each of them in turn is held to the other value than the decoder took it for. It finds
 * most blocks that plain decoding loses; wrong guesses are known by `isRight`.
 *
 * @returns of all guesses, the iterations in sum; `unsettled` and its course of the plain run
 */
export function decodeByGuessing(decoder: Decoder, { llrs, syndrome, isRight }: Search): Decoded {
  const plain = decoder.decode(llrs, syndrome, plainIterations);
  if (plain.kind === 'decoded' && isRight(plain.bits)) return plain;
  const unsettled = plain.kind === 'decoded' ? 0 : plain.unsettled;
  const guesses = unsettled <= fewUnsettled ? guessesNear : guessesFar;
  const { unsettledAfter } = plain;
  let { iterations } = plain;
  for (const { variable, bit } of decoder.leastCertain(guesses)) {
    const guess = llrs.slice();
    guess[variable] = bit === 1 ? surely : -surely;
    const decoded = decoder.decode(guess, syndrome, guessIterations);
    iterations += decoded.iterations;
    if (decoded.kind === 'decoded' && isRight(decoded.bits)) {
      return { ...decoded, iterations, unsettledAfter };
    }
  }
  return { kind: 'notReached', iterations, unsettled, unsettledAfter };
}
