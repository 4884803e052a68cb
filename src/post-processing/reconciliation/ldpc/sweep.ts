import type { FoldedCode } from './fold.ts';

/** What a decoder holds while it decodes one block. */
export interface Beliefs {
  /** Of each core variable: how many times likelier 0 is than 1. */
  readonly ratios: Float64Array;
  /** Of each core edge, what its check last said: p(0) - p(1). */
  readonly messages: Float32Array;
  /** Of each check, what its leaves and its syndrome bit say together: p(even) - p(odd). */
  readonly constants: Float64Array;
  /** Room for what the variables of one check say, and for products of it from the left. */
  readonly said: Float64Array;
  readonly products: Float64Array;
}

/**
 * One iteration of sum-product decoding, layered: check by check, with the newest beliefs. It needs
 * no logarithm and no table: beliefs are ratios, which are multiplied where logarithms would be
 * added, and tanh(L/2) of a ratio r = e^L is (r - 1)/(r + 1). So it is exact on every engine.
 *
 * A belief r without what check c said, m, is r(1 - m)/(1 + m); with it, r(1 + m)/(1 - m). As the
 * constants are smaller than one, so are all messages, and nothing is divided by zero.
 */
export function sweep(code: FoldedCode, beliefs: Beliefs): void {
  const { coreStart, coreEdges } = code;
  const { ratios, messages, constants } = beliefs;
  const checks = constants.length;
  let start = 0;
  for (let check = 0; check < checks; check += 1) {
    const end = coreStart[check + 1] ?? 0;
    const constant = constants[check] ?? 0;
    if (end - start === 3) {
      const a = coreEdges[start] ?? 0;
      const b = coreEdges[start + 1] ?? 0;
      const c = coreEdges[start + 2] ?? 0;
      const fromA = messages[start] ?? 0;
      const fromB = messages[start + 1] ?? 0;
      const fromC = messages[start + 2] ?? 0;
      const zeroA = (ratios[a] ?? 0) * (1 - fromA);
      const zeroB = (ratios[b] ?? 0) * (1 - fromB);
      const zeroC = (ratios[c] ?? 0) * (1 - fromC);
      const oneA = 1 + fromA;
      const oneB = 1 + fromB;
      const oneC = 1 + fromC;
      const saidA = (zeroA - oneA) / (zeroA + oneA);
      const saidB = (zeroB - oneB) / (zeroB + oneB);
      const saidC = (zeroC - oneC) / (zeroC + oneC);
      const toA = Math.fround(constant * saidB * saidC);
      const toB = Math.fround(constant * saidA * saidC);
      const toC = Math.fround(constant * saidA * saidB);
      messages[start] = toA;
      messages[start + 1] = toB;
      messages[start + 2] = toC;
      ratios[a] = (zeroA * (1 + toA)) / (oneA * (1 - toA));
      ratios[b] = (zeroB * (1 + toB)) / (oneB * (1 - toB));
      ratios[c] = (zeroC * (1 + toC)) / (oneC * (1 - toC));
    } else if (end - start === 2) {
      const a = coreEdges[start] ?? 0;
      const b = coreEdges[start + 1] ?? 0;
      const fromA = messages[start] ?? 0;
      const fromB = messages[start + 1] ?? 0;
      const zeroA = (ratios[a] ?? 0) * (1 - fromA);
      const zeroB = (ratios[b] ?? 0) * (1 - fromB);
      const oneA = 1 + fromA;
      const oneB = 1 + fromB;
      const toA = Math.fround((constant * (zeroB - oneB)) / (zeroB + oneB));
      const toB = Math.fround((constant * (zeroA - oneA)) / (zeroA + oneA));
      messages[start] = toA;
      messages[start + 1] = toB;
      ratios[a] = (zeroA * (1 + toA)) / (oneA * (1 - toA));
      ratios[b] = (zeroB * (1 + toB)) / (oneB * (1 - toB));
    } else {
      sweepCheck(code, beliefs, check);
    }
    start = end;
  }
}

/** The same for a check of any size. */
function sweepCheck({ coreStart, coreEdges }: FoldedCode, beliefs: Beliefs, check: number): void {
  const { ratios, messages, constants, said, products } = beliefs;
  const start = coreStart[check] ?? 0;
  const size = (coreStart[check + 1] ?? 0) - start;
  let product = constants[check] ?? 0;
  for (let at = 0; at < size; at += 1) {
    const one = 1 + (messages[start + at] ?? 0);
    const zero = (ratios[coreEdges[start + at] ?? 0] ?? 0) * (2 - one);
    const says = (zero - one) / (zero + one);
    said[at] = says;
    products[at] = product;
    product *= says;
  }
  let fromRight = 1;
  for (let at = size - 1; at >= 0; at -= 1) {
    const variable = coreEdges[start + at] ?? 0;
    const before = messages[start + at] ?? 0;
    const now = Math.fround((products[at] ?? 0) * fromRight);
    messages[start + at] = now;
    ratios[variable] =
      ((ratios[variable] ?? 0) * (1 - before) * (1 + now)) / ((1 + before) * (1 - now));
    fromRight *= said[at] ?? 0;
  }
}
