import type { Code } from './code.ts';

/** The parities of a block of 0 and 1 that the checks of a code see: H times `bits`. */
export function syndromeOf(code: Code, bits: Uint8Array): Uint8Array {
  const { checks, checkStart, checkEdges } = code;
  const syndrome = new Uint8Array(checks);
  for (let check = 0; check < checks; check += 1) {
    const end = checkStart[check + 1] ?? 0;
    let parity = 0;
    for (let edge = checkStart[check] ?? 0; edge < end; edge += 1) {
      parity ^= bits[checkEdges[edge] ?? 0] ?? 0;
    }
    syndrome[check] = parity;
  }
  return syndrome;
}
