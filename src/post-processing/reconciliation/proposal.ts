import { memo } from '#src/base/memo.ts';
import type { Code } from './ldpc/code.ts';
import { denseCode, type DenseFault } from './ldpc/dense.ts';
import { rateOneTenth } from './ldpc/ensemble.ts';
import { multiEdgeCode } from './ldpc/multi-edge.ts';
import { rankOf } from './ldpc/rank.ts';

/** What a peer proposed to correct errors with: accepted, or refused, and why. */
export type Proposal =
  | {
      readonly kind: 'accepted';
      readonly code: Code;
      /** Bits that the syndrome of a block tells. */
      readonly syndromeBits: number;
      readonly noiseVariance: number;
    }
  | { readonly kind: 'refused'; readonly reason: ProposalFault; readonly message: string };

export type ProposalFault =
  | DenseFault
  | 'noFreedom'
  | 'unknownFamily'
  | 'unknownLength'
  | 'wrongSize'
  | 'wrongSeed'
  | 'hashDiffers'
  | 'noiseNotPositive'
  | 'beyondCapacity'
  | 'signalTooStrong';

/** A code by its name, as the wire carries it. */
export interface NamedCode {
  readonly family: string;
  /** Variables, and bits of information. */
  readonly n: number;
  readonly k: number;
  readonly seed: number;
  /** Of the code's arrays, in hex: see `Code`. */
  readonly sha256: string;
}

/** The family known here: the multi-edge code of rate 0.1. */
export const family = 'met-0.1-peg';
/** Its lengths: 8192, without a tag, often ends in wrong bits: for verifications that must fail. */
export const lengths = [8192, 16_384, 32_768, 65_536] as const;

/** Above this signal-to-noise ratio the code would waste four fifths of what a sample carries. */
const snrAtMost = 1;

/** Making one takes a second; the longest has 1.3 MB. */
const codesKept = 4;

/** The code of that name; the same seed gives the same code everywhere. */
export const namedCode: (n: (typeof lengths)[number], seed: number) => Code = memo(
  codesKept,
  (n, seed) => `${n}/${seed}`,
  (n, seed) => multiEdgeCode(rateOneTenth, n, seed),
);

/** How a code of the family is named on the wire. */
export function nameOf({ variables, checks, sha256 }: Code, seed: number): NamedCode {
  return { family, n: variables, k: variables - checks, seed, sha256 };
}

/**
 * Takes what a peer proposed for a code and its noise, if both can be.
 *
 * @param matrix rows of 0 and 1, or a `NamedCode`
 * @param noise variance of the noise where the signal's is 1: 1/SNR
 */
export function checkProposal(matrix: unknown, noise: unknown): Proposal {
  if (typeof noise !== 'number' || !(noise > 0 && noise < Infinity)) {
    return refused('noiseNotPositive');
  }
  return isRecord(matrix) ? checkNamed(matrix, noise) : checkDense(matrix, noise);
}

/** Rows may depend on each other: they tell nothing more, and do no harm. */
function checkDense(matrix: unknown, noiseVariance: number): Proposal {
  const dense = denseCode(matrix);
  if (dense.kind === 'refused') return dense;
  const { code } = dense;
  const syndromeBits = rankOf(code);
  const freedom = code.variables - syndromeBits;
  if (freedom === 0) return refused('noFreedom');
  if (freedom / code.variables > capacity(noiseVariance)) return refused('beyondCapacity');
  return { kind: 'accepted', code, syndromeBits, noiseVariance };
}

function checkNamed(said: Readonly<Record<string, unknown>>, noiseVariance: number): Proposal {
  if (said['family'] !== family) return refused('unknownFamily');
  const n = lengths.find((length) => length === said['n']);
  if (n === undefined) return refused('unknownLength');
  const checks = Math.round(rateOneTenth.checkShare * n);
  if (said['k'] !== n - checks) return refused('wrongSize');
  const { seed } = said;
  if (typeof seed !== 'number' || !isWord(seed)) return refused('wrongSeed');
  if (1 - checks / n > capacity(noiseVariance)) return refused('beyondCapacity');
  if (noiseVariance * snrAtMost < 1) return refused('signalTooStrong');
  const code = namedCode(n, seed);
  if (said['sha256'] !== code.sha256) return refused('hashDiffers');
  return { kind: 'accepted', code, syndromeBits: checks, noiseVariance };
}

/** Bits that a sample can carry. */
function capacity(noiseVariance: number): number {
  return 0.5 * Math.log2(1 + 1 / noiseVariance);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

type OwnFault = Exclude<ProposalFault, DenseFault>;

function refused(reason: OwnFault): Proposal {
  return { kind: 'refused', reason, message: messages[reason] };
}

const messages = {
  noFreedom: 'The matrix has full rank: its syndrome would tell all bits.',
  unknownFamily: 'Unknown family of codes.',
  unknownLength: `The code has none of the lengths ${lengths.join(', ')}.`,
  wrongSize: 'The code of this length has another k.',
  wrongSeed: 'The seed is no integer of 32 bits.',
  hashDiffers: 'The code from this seed has another hash.',
  noiseNotPositive: 'The noise is no positive number.',
  beyondCapacity: 'The rate of the code is beyond the capacity at this noise.',
  signalTooStrong: `The code is for signal-to-noise ratios up to ${snrAtMost}.`,
} as const satisfies Record<OwnFault, string>;
