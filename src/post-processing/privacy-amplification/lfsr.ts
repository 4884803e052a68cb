import { isIrreducible } from './polynomial.ts';

/** Privacy amplification as the QOSST document's PA_REQUEST has it. */
export interface LfsrRequest {
  /** S_0: L bits, not all 0. */
  readonly seed: readonly number[];
  /** Bits of the key, a multiple of L. */
  readonly outputBits: number;
  /** L: bits that each part of the input gives. */
  readonly subblockBits: number;
  /** c_0 … c_{L-1} of x^L + …, irreducible. */
  readonly polynomial: readonly number[];
}

/** What is wrong with such a request for so much input, in one sentence; `null`: nothing. */
export function lfsrFlaw(request: LfsrRequest, inputBits: number): string | null {
  const { seed, outputBits, subblockBits, polynomial } = request;
  if (subblockBits < 1) return `the subblock has ${subblockBits} bits`;
  if (seed.length !== subblockBits) return `the seed has ${seed.length} bits, not ${subblockBits}`;
  if (seed.every((bit) => bit === 0)) return 'the seed is 0';
  if (polynomial.length !== subblockBits) {
    return `the feedback polynomial has ${polynomial.length} coefficients, not ${subblockBits}`;
  }
  if (outputBits % subblockBits !== 0) {
    return `${outputBits} bits are no whole number of subblocks of ${subblockBits}`;
  }
  if (outputBits > inputBits) return `${outputBits} bits cannot come from ${inputBits}`;
  return isIrreducible(polynomial) ? null : 'the feedback polynomial is not irreducible';
}

/**
 * Hashes each part of the input to L bits with the Toeplitz matrix whose columns are the states of
 * a shift register (Krawczyk, CRYPTO '94). Fine for authentication; as an extractor nothing is
 * proven of it, so no secret comes from it: use ./toeplitz.ts.
 */
export function lfsrHash(input: Uint8Array, request: LfsrRequest): Uint8Array {
  const { outputBits, subblockBits } = request;
  const parts = outputBits / subblockBits;
  const output = new Uint8Array(outputBits);
  for (let part = 0; part < parts; part += 1) {
    const from = Math.floor((part * input.length) / parts);
    const until = Math.floor(((part + 1) * input.length) / parts);
    output.set(hashPart(input.subarray(from, until), request), part * subblockBits);
  }
  return output;
}

function hashPart(bits: Uint8Array, { seed, polynomial }: LfsrRequest): Uint8Array {
  const state = Uint8Array.from(seed);
  const sum = new Uint8Array(state.length);
  for (const bit of bits) {
    if (bit === 1)
      for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) ^ (state[at] ?? 0);
    step(state, polynomial);
  }
  return sum;
}

/** One step: the bits move on by one place, the new one is the parity that the polynomial picks. */
function step(state: Uint8Array, polynomial: readonly number[]): void {
  let fresh = 0;
  for (let at = 0; at < state.length; at += 1) fresh ^= (state[at] ?? 0) & (polynomial[at] ?? 0);
  state.copyWithin(0, 1);
  state[state.length - 1] = fresh;
}
