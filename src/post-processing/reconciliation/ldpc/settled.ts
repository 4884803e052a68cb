import type { FoldedCode } from './fold.ts';
import type { Beliefs } from './sweep.ts';

/** What a decoder was told of a block. */
export interface Told {
  /** Of each leaf, what the channel says: p(0) - p(1). */
  readonly leafSays: Float64Array;
  readonly syndrome: Uint8Array;
}

/** Whether the decided bits of all variables have the wanted syndrome. */
export function isSettled(code: FoldedCode, beliefs: Beliefs, told: Told): boolean {
  return unsettledUpTo(1, { code, beliefs, told }) === 0;
}

/**
 * How many checks of the decided bits are not as wanted, counted up to `most`. Checks without leaves
 * come first: they are few, and mostly one of them says no.
 */
export function unsettledUpTo(
  most: number,
  { code, beliefs, told }: { code: FoldedCode; beliefs: Beliefs; told: Told },
): number {
  const { leafStart } = code;
  const { checks } = code.code;
  const { syndrome } = told;
  let unsettled = 0;
  for (let check = 0; check < checks; check += 1) {
    if (leafStart[check] !== leafStart[check + 1]) continue;
    if (coreParity(code, beliefs, check) !== syndrome[check]) unsettled += 1;
    if (unsettled >= most) return unsettled;
  }
  for (let check = 0; check < checks; check += 1) {
    const first = leafStart[check] ?? 0;
    const end = leafStart[check + 1] ?? 0;
    if (first === end) continue;
    let parity = coreParity(code, beliefs, check);
    for (let leaf = first; leaf < end; leaf += 1) {
      parity ^= leafBit(code, beliefs, { ...told, check, leaf });
    }
    if (parity !== syndrome[check]) unsettled += 1;
    if (unsettled >= most) return unsettled;
  }
  return unsettled;
}

/** Writes the decided bits of all variables. */
export function decide(
  code: FoldedCode,
  beliefs: Beliefs,
  { bits, ...told }: Told & { readonly bits: Uint8Array },
): void {
  code.core.forEach((variable, number) => {
    bits[variable] = (beliefs.ratios[number] ?? 1) < 1 ? 1 : 0;
  });
  for (let check = 0; check < code.code.checks; check += 1) {
    const end = code.leafStart[check + 1] ?? 0;
    for (let leaf = code.leafStart[check] ?? 0; leaf < end; leaf += 1) {
      bits[code.leafEdges[leaf] ?? 0] = leafBit(code, beliefs, { ...told, check, leaf });
    }
  }
}

function coreParity(code: FoldedCode, { ratios }: Beliefs, check: number): number {
  const { coreStart, coreEdges } = code;
  const end = coreStart[check + 1] ?? 0;
  let parity = 0;
  for (let edge = coreStart[check] ?? 0; edge < end; edge += 1) {
    if ((ratios[coreEdges[edge] ?? 0] ?? 1) < 1) parity ^= 1;
  }
  return parity;
}

interface LeafQuestion extends Told {
  readonly check: number;
  readonly leaf: number;
}

/** The likelier value of a leaf: by the channel, and by all others of its check. */
function leafBit(
  { coreStart, coreEdges, leafStart }: FoldedCode,
  { ratios, messages }: Beliefs,
  { check, leaf, leafSays, syndrome }: LeafQuestion,
): number {
  let others = syndrome[check] === 1 ? -1 : 1;
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
