import type { FoldedCode } from './fold.ts';
import type { Beliefs } from './sweep.ts';

/** A block while it is decoded. */
export interface Decoding {
  readonly fold: FoldedCode;
  readonly beliefs: Beliefs;
  /** Of each leaf, what the channel says: p(0) - p(1), never 0. */
  readonly leafSays: Float64Array;
  readonly syndrome: Uint8Array;
}

/**
 * How many inner checks are not as wanted by the decided bits. They are few, and the last to come
 * right: so they tell how far a decoder is, at next to no cost.
 */
export function unsettledInside(decoding: Decoding): number {
  const { innerChecks, coreStart, coreEdges, leafStart } = decoding.fold;
  const { ratios } = decoding.beliefs;
  let unsettled = 0;
  for (let at = 0; at < innerChecks.length; at += 1) {
    const check = innerChecks[at] ?? 0;
    if (leafStart[check] !== leafStart[check + 1]) {
      unsettled += isChecked(decoding, check) ? 0 : 1;
      continue;
    }
    /** Bits are as good as random at first: a branch on each would be guessed wrong too often. */
    let ones = decoding.syndrome[check] ?? 0;
    const end = coreStart[check + 1] ?? 0;
    for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
      ones += Number((ratios[coreEdges[edge] ?? 0] ?? 1) < 1);
    }
    unsettled += ones & 1;
  }
  return unsettled;
}

/** How many of all checks are not as wanted by the decided bits, counted up to `most`. */
export function unsettledUpTo(most: number, decoding: Decoding): number {
  let unsettled = 0;
  for (let check = 0; check < decoding.fold.code.checks && unsettled < most; check += 1) {
    if (!isChecked(decoding, check)) unsettled += 1;
  }
  return unsettled;
}

/** Writes the decided bits of all variables. */
export function decide(decoding: Decoding, bits: Uint8Array): void {
  const { core, code, leafStart, leafEdges } = decoding.fold;
  const { ratios } = decoding.beliefs;
  const { leafSays } = decoding;
  core.forEach((variable, number) => {
    bits[variable] = (ratios[number] ?? 1) < 1 ? 1 : 0;
  });
  for (let check = 0; check < code.checks; check += 1) {
    const all = checkSays(decoding, check);
    const end = leafStart[check + 1] ?? 0;
    for (let leaf = leafStart[check] ?? 0; leaf < end; leaf += 1) {
      bits[leafEdges[leaf] ?? 0] = leafBit(leafSays[leaf] ?? 1, all);
    }
  }
}

function isChecked(decoding: Decoding, check: number): boolean {
  const { coreStart, coreEdges, leafStart } = decoding.fold;
  const { ratios } = decoding.beliefs;
  const { leafSays } = decoding;
  let parity = decoding.syndrome[check] ?? 0;
  const end = coreStart[check + 1] ?? 0;
  for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
    if ((ratios[coreEdges[edge] ?? 0] ?? 1) < 1) parity ^= 1;
  }
  const leafEnd = leafStart[check + 1] ?? 0;
  const first = leafStart[check] ?? 0;
  if (first === leafEnd) return parity === 0;
  const all = checkSays(decoding, check);
  for (let leaf = first; leaf < leafEnd; leaf += 1) parity ^= leafBit(leafSays[leaf] ?? 1, all);
  return parity === 0;
}

/** What a check's syndrome bit and all of its variables say together. */
function checkSays({ fold, beliefs }: Decoding, check: number): number {
  const { coreStart, coreEdges } = fold;
  const { ratios, messages } = beliefs;
  let product = beliefs.constants[check] ?? 0;
  const end = coreStart[check + 1] ?? 0;
  for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
    const one = 1 + (messages[edge] ?? 0);
    const zero = (ratios[coreEdges[edge] ?? 0] ?? 0) * (2 - one);
    product *= (zero - one) / (zero + one);
  }
  return product;
}

/** The likelier value of a leaf: by the channel, and by all others of its check. */
function leafBit(says: number, all: number): number {
  return says + all / says < 0 ? 1 : 0;
}
