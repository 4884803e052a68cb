import { cmac } from '@noble/ciphers/aes.js';
import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import { sameBytes } from '#src/base/bytes.ts';
import { memo } from '#src/base/memo.ts';

/** What a KMS makes for one registration; hex digits, upper case. */
export interface SidecarKeys {
  /** 128 digits: the 32 bytes of an Ed25519 seed, and the 32 of its public key. */
  readonly batchKey: string;
  /** 64 digits: an AES-256 key. */
  readonly rowKey: string;
}

/** Keys from 64 bytes of chance. */
export function sidecarKeys(bytes: Uint8Array): SidecarKeys {
  const seed = bytes.subarray(0, seedBytes);
  const key = Buffer.concat([seed, publicKeyOf(privateKey(seed))]);
  return { batchKey: upperHex(key), rowKey: upperHex(bytes.subarray(seedBytes, 2 * seedBytes)) };
}

/**
 * Ed25519 over the text's UTF-8, 128 hex digits; `null` where the key is none: its first 32 bytes
 * are the seed. @see RFC 8032, section 5.1.6
 */
export function batchSignature(batchKey: string, text: string | Uint8Array): string | null {
  return signed(batchKey, bytesOf(text));
}

/** Results of signing and verifying that are kept: the same is asked for at each look at a frame. */
const mostKept = 256;

const signed = memo(mostKept, keyedText, (batchKey: string, text: Uint8Array) => {
  const bytes = hexBytes(batchKey);
  if (bytes === null || bytes.length < seedBytes) return null;
  return sign(null, text, privateKey(bytes.subarray(0, seedBytes))).toString('hex');
});

function keyedText(key: string, text: Uint8Array, more = ''): string {
  return JSON.stringify([key, more, hash('sha256', text)]);
}

/** AES-CMAC over the text's UTF-8, 32 hex digits; `null` where the key is none. @see RFC 4493 */
export function rowSignature(rowKey: string, text: string | Uint8Array): string | null {
  return authenticated(rowKey, bytesOf(text));
}

const authenticated = memo(mostKept, keyedText, (rowKey: string, text: Uint8Array) => {
  const key = hexBytes(rowKey);
  if (key === null || ![16, 24, 32].includes(key.length)) return null;
  return Buffer.from(cmac(text, key)).toString('hex');
});

/** How the answer to a challenge fits the keys that were given. */
export type Proof = 'right' | 'wrongBatch' | 'wrongRow' | 'wrongBoth';

/** Compares both signatures of a text; hex digits of either case. */
export function proofOf(
  keys: SidecarKeys,
  text: string | Uint8Array,
  given: { readonly batchSignature: string; readonly rowSignature: string },
): Proof {
  const isBatchRight = isSignedBy(keys.batchKey, text, given.batchSignature);
  const isRowRight = sameHex(rowSignature(keys.rowKey, text), given.rowSignature);
  if (isBatchRight && isRowRight) return 'right';
  if (isBatchRight) return 'wrongRow';
  return isRowRight ? 'wrongBatch' : 'wrongBoth';
}

const seedBytes = 32;
const signatureBytes = 64;
/** An Ed25519 seed in PKCS #8, and a public key in SubjectPublicKeyInfo. @see RFC 8410 */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a text was signed with a key; hex digits of either case. */
export function isSignedBy(
  batchKey: string,
  text: string | Uint8Array,
  signature: string,
): boolean {
  return verified(batchKey, bytesOf(text), signature);
}

const verified = memo(
  mostKept,
  keyedText,
  (batchKey: string, text: Uint8Array, signature: string) => {
    const key = hexBytes(batchKey);
    const bytes = hexBytes(signature);
    if (key === null || key.length < seedBytes) return false;
    if (bytes === null || bytes.length !== signatureBytes) return false;
    const publicKey = createPublicKey({
      key: Buffer.concat([spki, publicPart(key)]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, text, publicKey, bytes);
  },
);

/** Of a pair its second half; a seed alone says it too. */
function publicPart(key: Uint8Array): Uint8Array {
  const given = key.subarray(seedBytes, 2 * seedBytes);
  return given.length === seedBytes ? given : publicKeyOf(privateKey(key.subarray(0, seedBytes)));
}

/**
 * What a batchKey is: `swapped` has the public key first, `strange` two halves that are no pair,
 * `none` has another length.
 */
export function sidecarKeyForm(batchKey: string): KeyForm {
  return keyForm(batchKey);
}

type KeyForm = 'pair' | 'seed' | 'swapped' | 'strange' | 'none';

const keyForm = memo(mostKept, String, (batchKey: string): KeyForm => {
  const key = hexBytes(batchKey);
  if (key?.length === seedBytes) return 'seed';
  if (key?.length !== 2 * seedBytes) return 'none';
  const [first, second] = [key.subarray(0, seedBytes), key.subarray(seedBytes)];
  if (sameBytes(publicKeyOf(privateKey(first)), second)) return 'pair';
  return sameBytes(publicKeyOf(privateKey(second)), first) ? 'swapped' : 'strange';
});

function sameHex(left: string | null, right: string): boolean {
  const [known, given] = [left === null ? null : hexBytes(left), hexBytes(right)];
  return known !== null && given !== null && sameBytes(known, given);
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

const privateKey = memo(
  mostKept,
  (seed: Uint8Array) => Buffer.from(seed).toString('latin1'),
  (seed): KeyObject =>
    createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' }),
);

function publicKeyOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spki.length);
}

function upperHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Bytes of hex digits, two a byte and nothing else; `null` where they are none. */
function hexBytes(text: string): Uint8Array | null {
  return /^(?:[0-9a-fA-F]{2})*$/.test(text) ? Buffer.from(text, 'hex') : null;
}
