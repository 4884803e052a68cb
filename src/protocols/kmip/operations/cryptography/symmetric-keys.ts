import { enumerations } from '../../registry/enumerations.ts';

/** How many bytes a symmetric key has; `undefined`: there is no such key. */
export function symmetricKeyBytes(algorithm: number, lengthBits: number): number | undefined {
  const lengths = allowed.get(algorithm);
  if (lengths === undefined || lengthBits <= 0 || lengthBits > 65_536) return undefined;
  // Parity bits are no key: 56 bits of DES take 64.
  if (algorithm === codes.DES3 || algorithm === codes.DES) {
    return lengths.includes(lengthBits) ? (lengthBits / 7) | 0 : undefined;
  }
  const isAllowed = lengths.length === 0 ? lengthBits % 8 === 0 : lengths.includes(lengthBits);
  return isAllowed ? lengthBits / 8 : undefined;
}

/** The length that a key has where nobody says one: the longest that its algorithm names. */
export function usualKeyBits(algorithm: number): number {
  return allowed.get(algorithm)?.at(-1) ?? 256;
}

const codes = enumerations.CryptographicAlgorithm;

/** Lengths in bits; an empty list: whole bytes. */
const allowed: ReadonlyMap<number, readonly number[]> = new Map([
  [codes.DES, [56]],
  [codes.DES3, [112, 168]],
  [codes.AES, [128, 192, 256]],
  [codes.Camellia, [128, 192, 256]],
  [codes.ChaCha20, [256]],
  [codes.ChaCha20Poly1305, [256]],
  [codes.Blowfish, []],
  [codes.RC4, []],
  [codes.CAST5, []],
  [codes.IDEA, [128]],
  [codes.Twofish, [128, 192, 256]],
  [codes.SKIPJACK, [80]],
  [codes.OneTimePad, []],
  [codes.ARIA, [128, 192, 256]],
  [codes.SEED, [128]],
  [codes.SM4, [128]],
  [codes.HMAC_MD5, []],
  [codes.HMAC_SHA1, []],
  [codes.HMAC_SHA224, []],
  [codes.HMAC_SHA256, []],
  [codes.HMAC_SHA384, []],
  [codes.HMAC_SHA512, []],
  [codes.HMAC_SHA3_224, []],
  [codes.HMAC_SHA3_256, []],
  [codes.HMAC_SHA3_384, []],
  [codes.HMAC_SHA3_512, []],
]);
