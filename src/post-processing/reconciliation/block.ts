import { decodeByGuessing } from './guess.ts';
import type { Code } from './ldpc/code.ts';
import type { Course, Decoder } from './ldpc/decode.ts';
import { syndromeOf } from './ldpc/syndrome.ts';
import { dimensions, llrsOf, toMapping, type Mapping } from './multidimensional.ts';
import { tagOf } from './tag.ts';

/** What the side whose bits become the key tells of one block. */
export interface BlockMessage {
  /** 0 or 1 of each check. */
  readonly syndrome: Uint8Array;
  /** A hash of the bits, see `tagOf`; `null` where none is told. */
  readonly tag: number | null;
  readonly mapping: Mapping;
}

/** A block as the other side corrected it, or did not: then both drop it. */
export type CorrectedBlock = Course &
  (
    | { readonly kind: 'corrected'; readonly bits: Uint8Array }
    /** Checks that were not as told when the search ended; 0: other bits have the same syndrome. */
    | { readonly kind: 'notReached'; readonly unsettled: number }
  );

/** Samples that a block of a code takes: whole rotations, so up to seven carry no bit. */
export function samplesOf(code: Code): number {
  return dimensions * Math.ceil(code.variables / dimensions);
}

/**
 * Tells of a block what the other side needs; the bits themselves are chosen by chance before.
 * Rotations are rounded to 5 decimals and lengths to 4: short on the wire, far below the noise.
 *
 * @param bits as many as variables
 * @param samples `samplesOf(code)` of them, in units where the signal's variance is 1
 */
export function announceBlock(code: Code, bits: Uint8Array, samples: Float64Array): BlockMessage {
  const padded = new Uint8Array(samplesOf(code));
  padded.set(bits);
  const { rotations, norms } = toMapping(padded, samples);
  return {
    syndrome: syndromeOf(code, bits),
    tag: tagOf(bits),
    mapping: { rotations: rounded(rotations, 1e5), norms: rounded(norms, 1e4) },
  };
}

/**
 * Finds the bits that were announced from one's own samples.
 *
 * @param samples `samplesOf(code)` of them, of variance 1
 * @param noiseVariance of the other's samples, in the same units: 1/SNR
 */
export function correctBlock(
  decoder: Decoder,
  { syndrome, tag, mapping }: BlockMessage,
  { samples, noiseVariance }: { readonly samples: Float64Array; readonly noiseVariance: number },
): CorrectedBlock {
  const llrs = llrsOf(mapping, samples, noiseVariance).subarray(0, decoder.code.variables);
  const decoded =
    tag === null
      ? decoder.decode(llrs, syndrome)
      : decodeByGuessing(decoder, { llrs, syndrome, isRight: (bits) => tagOf(bits) === tag });
  return decoded.kind === 'decoded' ? { ...decoded, kind: 'corrected' } : decoded;
}

function rounded(values: Float64Array, steps: number): Float64Array {
  return values.map((value) => Math.round(value * steps) / steps);
}
