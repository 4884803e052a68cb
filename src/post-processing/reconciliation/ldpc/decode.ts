import type { Code } from './code.ts';
import { folded, type FoldedCode } from './fold.ts';
import { decide, unsettledInside, unsettledUpTo, type Decoding } from './settled.ts';
import { sweep, type Beliefs } from './sweep.ts';

/** What came of one block. */
export type Decoded = Course &
  (
    | { readonly kind: 'decoded'; readonly bits: Uint8Array }
    /** The syndrome was not reached; so many checks were not as wanted at the end. */
    | { readonly kind: 'notReached'; readonly unsettled: number }
  );

/** How a block was decoded. */
export interface Course {
  readonly iterations: number;
  /** Inner checks that were not as wanted after each iteration; see `FoldedCode`. */
  readonly unsettledAfter: readonly number[];
}

/** Decodes blocks of one code, one after another; its buffers are used again. */
export interface Decoder {
  readonly code: Code;
  /** How many checks `Course.unsettledAfter` counts among. */
  readonly innerChecks: number;
  /**
   * @param llrs of each variable, ln p(0)/p(1); beyond ±30 taken as ±30
   * @param syndrome 0 or 1 of each check
   * @param iterationsAtMost where the block is given up: 200 where nothing is said
   */
  decode(llrs: Float64Array, syndrome: Uint8Array, iterationsAtMost?: number): Decoded;
  /** The variables of more than one check that the last block left in most doubt, and their bits. */
  leastCertain(count: number): readonly Decision[];
}

/** What a decoder took a variable for. */
export interface Decision {
  readonly variable: number;
  readonly bit: 0 | 1;
}

/** Is told after each iteration the core's ratios, p(0)/p(1). */
export type Watch = (iteration: number, ratios: Float64Array) => void;

const llrAtMost = 30;
/** Messages as log-likelihood ratios stay within this, and the sum of a variable's within `reach`. */
const messageAtMost = 15;
const reach = 600;

/** Stands for 0 where it is divided by: as good as nothing. */
const leastSaid = 1e-12;

/** A layered sum-product decoder for any sparse code. */
export function decoderOf(code: Code, watch?: Watch): Decoder {
  const fold = folded(code);
  const beliefs = beliefsOf(fold);
  const leafSays = new Float64Array(fold.leafEdges.length);
  return {
    code,
    innerChecks: fold.innerChecks.length,
    decode(llrs, syndrome, iterationsAtMost = 200) {
      const decoding = { fold, beliefs, leafSays, syndrome };
      begin(decoding, llrs);
      const unsettledAfter: number[] = [];
      for (let iterations = 1; iterations <= iterationsAtMost; iterations += 1) {
        sweep(fold, beliefs);
        watch?.(iterations, beliefs.ratios);
        const inside = unsettledInside(decoding);
        unsettledAfter.push(inside);
        if (inside > 0 || unsettledUpTo(1, decoding) > 0) continue;
        const bits = new Uint8Array(code.variables);
        decide(decoding, bits);
        return { kind: 'decoded', bits, iterations, unsettledAfter };
      }
      const unsettled = unsettledUpTo(code.checks, decoding);
      return { kind: 'notReached', iterations: iterationsAtMost, unsettled, unsettledAfter };
    },
    leastCertain: (count) => leastCertain(fold, beliefs, count),
  };
}

function leastCertain(
  { core }: FoldedCode,
  { ratios }: Beliefs,
  count: number,
): readonly Decision[] {
  const certainty = ratios.map((ratio) => Math.max(ratio, 1 / ratio));
  return [...certainty.keys()]
    .sort((one, other) => (certainty[one] ?? 0) - (certainty[other] ?? 0))
    .slice(0, count)
    .map((number) => ({ variable: core[number] ?? 0, bit: (ratios[number] ?? 1) < 1 ? 1 : 0 }));
}

function beliefsOf({ code, core, coreEdges, widestCheck }: FoldedCode): Beliefs {
  return {
    ratios: new Float64Array(core.length),
    messages: new Float32Array(coreEdges.length),
    constants: new Float64Array(code.checks),
    said: new Float64Array(widestCheck),
    products: new Float64Array(widestCheck),
  };
}

/** Beliefs from the channel alone. */
function begin({ fold, beliefs, leafSays, syndrome }: Decoding, llrs: Float64Array): void {
  const { code, core, leafStart, leafEdges } = fold;
  const most = differenceOf(Math.min(messageAtMost, reach / Math.max(1, fold.busiestVariable)));
  beliefs.messages.fill(0);
  core.forEach((variable, number) => {
    beliefs.ratios[number] = ratioOf(llrs[variable] ?? 0);
  });
  leafEdges.forEach((variable, leaf) => {
    leafSays[leaf] = differenceOf(llrs[variable] ?? 0) || leastSaid;
  });
  for (let check = 0; check < code.checks; check += 1) {
    let constant = syndrome[check] === 1 ? -most : most;
    const end = leafStart[check + 1] ?? 0;
    for (let leaf = leafStart[check] ?? 0; leaf < end; leaf += 1) constant *= leafSays[leaf] ?? 0;
    beliefs.constants[check] = constant;
  }
}

/** e^llr to 1e-6, which is more than samples are worth, by portable steps: (e^(llr/256))^256. */
function ratioOf(llr: number): number {
  const x = Math.min(llrAtMost, Math.max(-llrAtMost, llr)) / 256;
  let power = 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120)))));
  for (let squared = 0; squared < 8; squared += 1) power *= power;
  return power;
}

/** p(0) - p(1) = tanh(llr/2). */
function differenceOf(llr: number): number {
  const ratio = ratioOf(llr);
  return (ratio - 1) / (ratio + 1);
}
