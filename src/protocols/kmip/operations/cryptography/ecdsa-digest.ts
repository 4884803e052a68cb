import { createECDH, type KeyObject } from 'node:crypto';
import type { Random } from '#src/base/random.ts';
import { inverse } from './asymmetric-keys.ts';
import { derElements, derInteger, derSequence, unsignedBytes, unsignedOf } from './der.ts';

/*
 * ECDSA over a digest: node:crypto signs data only. A reference's arithmetic, in no constant time.
 */

interface Curve {
  /** As OpenSSL calls it. */
  readonly name: string;
  readonly prime: bigint;
  /** Of y² = x³ + ax + b. */
  readonly a: bigint;
  readonly order: bigint;
}

/** A point that is not the one at infinity; `null` is. */
type Point = readonly [x: bigint, y: bigint] | null;

const usual = (name: string, prime: bigint, order: bigint): Curve => ({
  name,
  prime,
  a: prime - 3n,
  order,
});

/** By the names that JSON Web Keys have for them: what a key is exported as. */
const curves: Readonly<Record<string, Curve>> = {
  'P-256': usual(
    'prime256v1',
    0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ),
  'P-384': usual(
    'secp384r1',
    2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    BigInt(`0x${'f'.repeat(48)}c7634d81f4372ddf581a0db248b0a77aecec196accc52973`),
  ),
  'P-521': usual(
    'secp521r1',
    2n ** 521n - 1n,
    BigInt(
      `0x1${'f'.repeat(64)}fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`,
    ),
  ),
  secp256k1: {
    name: 'secp256k1',
    prime: 2n ** 256n - 2n ** 32n - 977n,
    a: 0n,
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
};

/** Signs a digest, as DER; `null` on a curve that is not known here. */
export function signDigest(key: KeyObject, digest: Uint8Array, random: Random): Uint8Array | null {
  const { crv = '', d } = key.export({ format: 'jwk' });
  const curve = curves[crv];
  if (curve === undefined || d === undefined) return null;
  const { order } = curve;
  const secret = unsignedOf(Buffer.from(d, 'base64url'));
  const bytes = bytesOf(order);
  for (;;) {
    const chance = (unsignedOf(random.bytes(bytes + 8)) % (order - 1n)) + 1n;
    const r = mod(timesBase(curve, chance)[0], order);
    const s = mod(inverse(chance, order) * (numberOf(digest, order) + r * secret), order);
    if (r !== 0n && s !== 0n) return derSequence(derInteger(r), derInteger(s));
  }
}

/** Whether a signature in DER is that of a digest; `null` on a curve that is not known here. */
export function isOfDigest(
  key: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean | null {
  const { crv = '', x = '', y = '' } = key.export({ format: 'jwk' });
  const curve = curves[crv];
  if (curve === undefined) return null;
  const { order } = curve;
  const [sequence] = derElements(signature);
  const [first, second] = derElements(sequence?.content ?? new Uint8Array());
  if (first?.tag !== 0x02 || second?.tag !== 0x02) return false;
  const [r, s] = [unsignedOf(first.content), unsignedOf(second.content)];
  if (r === 0n || s === 0n || r >= order || s >= order) return false;
  const back = inverse(s, order);
  const [u, v] = [mod(numberOf(digest, order) * back, order), mod(r * back, order)];
  const open: Point = [
    unsignedOf(Buffer.from(x, 'base64url')),
    unsignedOf(Buffer.from(y, 'base64url')),
  ];
  const base = u === 0n ? null : timesBase(curve, u);
  const sum = plus(curve, base, times(curve, open, v));
  return sum !== null && mod(sum[0], order) === r;
}

/** The leftmost bits of a digest, as many as the order has. */
function numberOf(digest: Uint8Array, order: bigint): bigint {
  const surplus = digest.length * 8 - order.toString(2).length;
  return unsignedOf(digest) >> BigInt(Math.max(0, surplus));
}

function timesBase({ name, order }: Curve, factor: bigint): readonly [bigint, bigint] {
  const exchange = createECDH(name);
  exchange.setPrivateKey(unsignedBytes(factor, bytesOf(order)));
  const point = exchange.getPublicKey().subarray(1);
  const half = point.length / 2;
  return [unsignedOf(point.subarray(0, half)), unsignedOf(point.subarray(half))];
}

function times(curve: Curve, point: Point, factor: bigint): Point {
  let [sum, power]: [Point, Point] = [null, point];
  for (let left = factor; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) sum = plus(curve, sum, power);
    power = plus(curve, power, power);
  }
  return sum;
}

function plus({ prime, a }: Curve, left: Point, right: Point): Point {
  if (left === null || right === null) return left ?? right;
  const [[x1, y1], [x2, y2]] = [left, right];
  if (x1 === x2 && mod(y1 + y2, prime) === 0n) return null;
  const slope =
    x1 === x2
      ? (3n * x1 * x1 + a) * inverse(mod(2n * y1, prime), prime)
      : (y2 - y1) * inverse(mod(x2 - x1, prime), prime);
  const x = mod(slope * slope - x1 - x2, prime);
  return [x, mod(slope * (x1 - x) - y1, prime)];
}

function mod(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

function bytesOf(value: bigint): number {
  return unsignedBytes(value).length;
}
