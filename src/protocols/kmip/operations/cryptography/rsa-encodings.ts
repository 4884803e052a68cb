import { createHash, timingSafeEqual } from 'node:crypto';

/** MGF1 of PKCS #1. */
function mask(seed: Uint8Array, length: number, hash: string): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let count = 0, made = 0; made < length; count += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    const block = createHash(hash).update(seed).update(counter).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ (right[index] ?? 0));
}

/** The hashes of an encoding, as node:crypto calls them. */
export interface Hashes {
  readonly hash: string;
  readonly maskHash: string;
}

/** EME-OAEP: how a message is made as long as the modulus. `null`: it is too long. */
export function oaepEncoded(
  message: Uint8Array,
  { hash, maskHash, label, seed, size }: Hashes & OaepChance,
): Uint8Array | null {
  const labelHash = createHash(hash).update(label).digest();
  const paddingBytes = size - message.length - 2 * labelHash.length - 2;
  if (paddingBytes < 0) return null;
  const block = Buffer.concat([labelHash, Buffer.alloc(paddingBytes), Buffer.of(1), message]);
  const usedSeed = seed.subarray(0, labelHash.length);
  const maskedBlock = xor(block, mask(usedSeed, block.length, maskHash));
  const maskedSeed = xor(usedSeed, mask(maskedBlock, usedSeed.length, maskHash));
  return Buffer.concat([Buffer.of(0), maskedSeed, maskedBlock]);
}

interface OaepChance {
  readonly label: Uint8Array;
  /** At least as long as the hash. */
  readonly seed: Uint8Array;
  /** Of the modulus, in bytes. */
  readonly size: number;
}

/** The message in an encoding of EME-OAEP. `null`: it is none. */
export function oaepDecoded(
  encoded: Uint8Array,
  { hash, maskHash, label }: Hashes & { readonly label: Uint8Array },
): Uint8Array | null {
  const labelHash = createHash(hash).update(label).digest();
  const bytes = labelHash.length;
  if (encoded.length < 2 * bytes + 2 || encoded[0] !== 0) return null;
  const maskedSeed = encoded.subarray(1, 1 + bytes);
  const maskedBlock = encoded.subarray(1 + bytes);
  const seed = xor(maskedSeed, mask(maskedBlock, bytes, maskHash));
  const block = xor(maskedBlock, mask(seed, maskedBlock.length, maskHash));
  const border = block.findIndex((byte, index) => index >= bytes && byte !== 0);
  return timingSafeEqual(block.subarray(0, bytes), labelHash) && block[border] === 1
    ? block.subarray(border + 1)
    : null;
}

/** EMSA-PSS of a digest. `null`: the modulus is too short for it. */
export function pssEncoded(
  digest: Uint8Array,
  { hash, maskHash, salt, modulusBits }: Hashes & PssSize & { readonly salt: Uint8Array },
): Uint8Array | null {
  const bits = modulusBits - 1;
  const size = Math.ceil(bits / 8);
  const paddingBytes = size - digest.length - salt.length - 2;
  if (paddingBytes < 0) return null;
  const hashed = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.concat([Buffer.alloc(paddingBytes), Buffer.of(1), salt]);
  const masked = xor(block, mask(hashed, block.length, maskHash));
  masked[0] = (masked[0] ?? 0) & spareMask(bits);
  return leftFilled(Buffer.concat([masked, hashed, Buffer.of(0xbc)]), Math.ceil(modulusBits / 8));
}

interface PssSize {
  readonly modulusBits: number;
}

/** Whether an encoding of EMSA-PSS, as long as the modulus, is that of a digest with any salt. */
export function isPssOf(
  digest: Uint8Array,
  encoded: Uint8Array,
  { hash, maskHash, modulusBits }: Hashes & PssSize,
): boolean {
  const bits = modulusBits - 1;
  const size = Math.ceil(bits / 8);
  const inner = encoded.subarray(encoded.length - size);
  const blockBytes = size - digest.length - 1;
  if (blockBytes < 1 || inner.at(-1) !== 0xbc) return false;
  const hashed = inner.subarray(blockBytes, -1);
  const block = xor(inner.subarray(0, blockBytes), mask(hashed, blockBytes, maskHash));
  block[0] = (block[0] ?? 0) & spareMask(bits);
  const border = block.findIndex((byte) => byte !== 0);
  if (block[border] !== 1) return false;
  const salt = block.subarray(border + 1);
  const again = pssEncoded(digest, { hash, maskHash, modulusBits, salt });
  return again !== null && timingSafeEqual(again, encoded);
}

/** The bits of the first byte that a number of so many bits may have. */
function spareMask(bits: number): number {
  return 0xff >> ((8 - (bits % 8)) % 8);
}

function leftFilled(bytes: Uint8Array, size: number): Uint8Array {
  return Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
}
