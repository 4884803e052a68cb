import type { FoldedCode } from './fold.ts';
import type { Beliefs } from './sweep.ts';

/** A block while it is decoded. */
export interface Decoding {
  readonly fold: FoldedCode;
  readonly beliefs: Beliefs;
  /** Of each leaf, what the channel says: p(0) - p(1). */
  readonly leafSays: Float64Array;
  readonly syndrome: Uint8Array;
}

/** Whether the decided bits of all variables have the wanted syndrome. */
export function isSettled(decoding: Decoding): boolean {
  return unsettledUpTo(1, decoding) === 0;
}

/**
 * How many checks of the decided bits are not as wanted, counted up to `most`. Checks without leaves
 * come first: they are few, and mostly one of them says no.
 */
export function unsettledUpTo(most: number, decoding: Decoding): number {
  const { leafStart, code } = decoding.fold;
  let unsettled = 0;
  for (let check = 0; check < code.checks && unsettled < most; check += 1) {
    if (leafStart[check] === leafStart[check + 1] && !isChecked(decoding, check)) unsettled += 1;
  }
  for (let check = 0; check < code.checks && unsettled < most; check += 1) {
    if (leafStart[check] !== leafStart[check + 1] && !isChecked(decoding, check)) unsettled += 1;
  }
  return unsettled;
}

/** Writes the decided bits of all variables. */
export function decide(decoding: Decoding, bits: Uint8Array): void {
  const { core, code, leafStart, leafEdges } = decoding.fold;
  const { ratios } = decoding.beliefs;
  core.forEach((variable, number) => {
    bits[variable] = (ratios[number] ?? 1) < 1 ? 1 : 0;
  });
  for (let check = 0; check < code.checks; check += 1) {
    const end = leafStart[check + 1] ?? 0;
    for (let leaf = leafStart[check] ?? 0; leaf < end; leaf += 1) {
      bits[leafEdges[leaf] ?? 0] = leafBit(decoding, check, leaf);
    }
  }
}

function isChecked(decoding: Decoding, check: number): boolean {
  const { coreStart, coreEdges, leafStart } = decoding.fold;
  const { ratios } = decoding.beliefs;
  let parity = decoding.syndrome[check] ?? 0;
  const end = coreStart[check + 1] ?? 0;
  for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
    if ((ratios[coreEdges[edge] ?? 0] ?? 1) < 1) parity ^= 1;
  }
  const leafEnd = leafStart[check + 1] ?? 0;
  for (let leaf = leafStart[check] ?? 0; leaf < leafEnd; leaf += 1) {
    parity ^= leafBit(decoding, check, leaf);
  }
  return parity === 0;
}

/** The likelier value of a leaf: by the channel, and by all others of its check. */
function leafBit(decoding: Decoding, check: number, leaf: number): number {
  const { coreStart, coreEdges, leafStart } = decoding.fold;
  const { ratios, messages } = decoding.beliefs;
  const { leafSays } = decoding;
  let others = decoding.syndrome[check] === 1 ? -1 : 1;
  const end = coreStart[check + 1] ?? 0;
  for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
    const one = 1 + (messages[edge] ?? 0);
    const zero = (ratios[coreEdges[edge] ?? 0] ?? 0) * (2 - one);
    others *= (zero - one) / (zero + one);
  }
  const leafEnd = leafStart[check + 1] ?? 0;
  for (let other = leafStart[check] ?? 0; other < leafEnd; other += 1) {
    if (other !== leaf) others *= leafSays[other] ?? 0;
  }
  return (leafSays[leaf] ?? 0) + others < 0 ? 1 : 0;
}
