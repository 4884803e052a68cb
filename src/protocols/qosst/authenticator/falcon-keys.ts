import { falcon512padded } from '@noble/post-quantum/falcon.js';
import { parseJson, type Json } from '#src/base/json.ts';

/** The key's bytes as `falcon512` takes them, or what is wrong with the file. */
export type FalconKeyResult =
  { readonly ok: true; readonly key: Uint8Array } | { readonly ok: false; readonly why: string };

const size = 512;
const modulus = 12289;

/**
 * Reads a Falcon-512 key as QOSST stores it: of a secret key the lists `[f, g, F, G]`, of a public
 * key the list `h`, all of 512 integers in JSON. A reason never tells anything of a secret key.
 *
 * @see qosst-core 0.10.1, authentication/falcon.py: key files
 */
export function readFalconKeys(jsonText: string, kind: 'secret' | 'public'): FalconKeyResult {
  const json = parseJson(new TextEncoder().encode(jsonText), { specials: false });
  if (!json.ok) return { ok: false, why: 'not JSON' };
  return kind === 'public' ? publicKey(json.value) : secretKey(json.value);
}

function publicKey(value: Json): FalconKeyResult {
  if (isList(value) && value.length === 4 && value.every(isList)) {
    return { ok: false, why: 'expected a public key h, got lists [f, g, F, G]: a secret key' };
  }
  const h = integers(value);
  if (h === null) return { ok: false, why: `expected a list h of ${size} integers` };
  if (!within(h, 0, modulus - 1)) {
    return { ok: false, why: `expected integers of h from 0 to ${modulus - 1}` };
  }
  return { ok: true, key: Uint8Array.of(0x09, ...packed(h, 14)) };
}

function secretKey(value: Json): FalconKeyResult {
  if (integers(value) !== null) {
    return { ok: false, why: 'expected lists [f, g, F, G], got one list: a public key' };
  }
  const lists = isList(value) ? value : [];
  const [f, g, F, G] = lists.map(integers);
  if (lists.length !== 4 || !f || !g || !F || !G) {
    return { ok: false, why: `expected four lists [f, g, F, G] of ${size} integers` };
  }
  if (!within([...f, ...g], -31, 31) || !within([...F, ...G], -127, 127)) {
    return {
      ok: false,
      why: 'expected f and g within ±31, F and G within ±127: make another pair',
    };
  }
  if (!solvesNtru(f, g, F, G)) return { ok: false, why: `expected f·G - g·F to be ${modulus}` };
  const key = Uint8Array.of(0x59, ...packed(f, 6), ...packed(g, 6), ...packed(F, 8));
  return isUsable(key) ? { ok: true, key } : { ok: false, why: 'expected f to be invertible' };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The list as numbers, or `null` where it is no list of 512 integers. */
function integers(value: Json): readonly number[] | null {
  const list = isList(value) ? value.filter((item) => Number.isInteger(item)).map(Number) : [];
  return isList(value) && value.length === size && list.length === size ? list : null;
}

function within(list: readonly number[], least: number, most: number): boolean {
  return list.every((value) => value >= least && value <= most);
}

/** Whether f·G - g·F = 12289 holds for polynomials modulo x^512 + 1. */
function solvesNtru(
  f: readonly number[],
  g: readonly number[],
  F: readonly number[],
  G: readonly number[],
): boolean {
  const left = product(f, G);
  const right = product(g, F);
  return left.every(
    (value, degree) => value - (right[degree] ?? 0) === (degree === 0 ? modulus : 0),
  );
}

function product(left: readonly number[], right: readonly number[]): readonly number[] {
  const sums = Array.from({ length: size }, () => 0);
  for (const [i, a] of left.entries()) {
    for (const [j, b] of right.entries()) {
      const degree = (i + j) % size;
      sums[degree] = (sums[degree] ?? 0) + (i + j < size ? a * b : -a * b);
    }
  }
  return sums;
}

/** The lowest `bits` bits of each value, highest first, without gaps. */
function packed(values: readonly number[], bits: number): Uint8Array {
  const bytes = new Uint8Array((values.length * bits) / 8);
  for (let at = 0; at < values.length * bits; at += 1) {
    const value = values[Math.floor(at / bits)] ?? 0;
    const bit = (value >> (bits - 1 - (at % bits))) & 1;
    bytes[at >> 3] = ((bytes[at >> 3] ?? 0) << 1) | bit;
  }
  return bytes;
}

function isUsable(key: Uint8Array): boolean {
  try {
    return falcon512padded.getPublicKey(key).length > 0;
  } catch {
    return false;
  }
}
