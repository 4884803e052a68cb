import type { Dice } from '#src/contract/fuzz.ts';

/** Longest junk that is put before or behind a frame. */
const maxJunkBytes = 64;

/** Ways to bend finished bytes: pure, total, same dice same bytes. */
export const byteOps: Readonly<Record<string, (bytes: Uint8Array, dice: Dice) => Uint8Array>> = {
  flip: (bytes, [at = 0, bit = 0]) => {
    const bent = Uint8Array.from(bytes);
    const index = at % Math.max(1, bytes.length);
    bent[index] = (bent[index] ?? 0) ^ (1 << (bit % 8));
    return bent;
  },
  set: (bytes, [at = 0, value = 0]) => {
    const bent = Uint8Array.from(bytes);
    bent[at % Math.max(1, bytes.length)] = value % 256;
    return bent;
  },
  extend: (bytes, [count = 0, seed = 0]) => joined(bytes, junk(1 + (count % maxJunkBytes), seed)),
  precede: (bytes, [count = 0, seed = 0]) => joined(junk(1 + (count % maxJunkBytes), seed), bytes),
  double: (bytes) => joined(bytes, bytes),
};

function junk(count: number, seed: number): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, index) => Math.imul(seed + index, 2654435761) >>> 24,
  );
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
