import { enumerations } from '../../registry/enumerations.ts';

/** A curve that keys can be made on. */
export interface Curve {
  /** Recommended Curve. */
  readonly code: number;
  /** As OpenSSL calls it. */
  readonly name: string;
  /** The content of its object identifier. */
  readonly objectHex: string;
  /** Bits of its order, as Cryptographic Length says it. */
  readonly bits: number;
}

const codes = enumerations.RecommendedCurve;

// prettier-ignore
const curves: readonly Curve[] = [
  { code: codes.P_192, name: 'prime192v1', objectHex: '2a8648ce3d030101', bits: 192 },
  { code: codes.P_224, name: 'secp224r1', objectHex: '2b81040021', bits: 224 },
  { code: codes.P_256, name: 'prime256v1', objectHex: '2a8648ce3d030107', bits: 256 },
  { code: codes.P_384, name: 'secp384r1', objectHex: '2b81040022', bits: 384 },
  { code: codes.P_521, name: 'secp521r1', objectHex: '2b81040023', bits: 521 },
  { code: codes.SECP256K1, name: 'secp256k1', objectHex: '2b8104000a', bits: 256 },
];

export function curveCoded(code: number): Curve | undefined {
  return curves.find((curve) => curve.code === code);
}

export function curveCalled(name: string | undefined): Curve | undefined {
  return curves.find((curve) => curve.name === name);
}

/** The usual curve of a length. */
export function curveOfBits(bits: number): Curve | undefined {
  return curves.find((curve) => curve.bits === bits);
}
