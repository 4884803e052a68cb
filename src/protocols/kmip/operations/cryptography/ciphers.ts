import { createCipheriv, createDecipheriv } from 'node:crypto';
import { enumerations } from '../../registry/enumerations.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import { attempt } from './attempt.ts';
import {
  opened,
  openedUnchecked,
  sealed,
  tagBytesFailure,
  type AuthenticatedName,
} from './authenticated.ts';
import { padBlocks, unpadBlocks } from './block-padding.ts';
import { unsignedBytes } from './der.ts';
import type { Parameters } from './parameters.ts';

/** What a symmetric cipher works on. */
export interface CipherRun {
  readonly key: Uint8Array;
  readonly parameters: Parameters;
  readonly iv: Uint8Array | undefined;
  readonly additionalData: Uint8Array | undefined;
  readonly data: Uint8Array;
}

/** What a cipher gave. */
export interface Encrypted {
  readonly data: Uint8Array;
  /** Of an authenticated cipher. */
  readonly tag: Uint8Array | undefined;
}

/** A cipher of node:crypto and what it takes; `ivBytes` 0: it takes none. */
export type Cipher = { readonly blockBytes: number; readonly ivBytes: number } & (
  | { readonly kind: 'blocks' | 'stream'; readonly name: string }
  | { readonly kind: 'authenticated'; readonly name: AuthenticatedName }
);

/** Which cipher parameters and a key name. */
export function cipherOf(parameters: Parameters, keyBytes: number): Cipher | Failure {
  const { AES, DES3, ChaCha20, ChaCha20Poly1305, Camellia } = enumerations.CryptographicAlgorithm;
  const { algorithm, mode } = parameters;
  if (algorithm === ChaCha20 && keyBytes === 32) {
    return { name: 'chacha20', kind: 'stream', blockBytes: 1, ivBytes: 12 };
  }
  if (algorithm === ChaCha20Poly1305 && keyBytes === 32) {
    return { name: 'chacha20-poly1305', kind: 'authenticated', blockBytes: 1, ivBytes: 12 };
  }
  if (mode === undefined) return failed('badParameters', 'no Block Cipher Mode is given');
  if (algorithm === AES && mode === codes.GCM) return gcmOf(keyBytes);
  const suffix = modes.get(mode);
  if (suffix === undefined) return failed('unsupportedParameters', `no Block Cipher Mode ${mode}`);
  const kind = mode === codes.CBC || mode === codes.ECB ? 'blocks' : 'stream';
  const blockBytes = algorithm === DES3 ? 8 : 16;
  const sizes = { kind, blockBytes, ivBytes: mode === codes.ECB ? 0 : blockBytes } as const;
  if (algorithm === DES3 && keyBytes === 24 && mode !== codes.CTR) {
    return { ...sizes, name: mode === codes.ECB ? 'des-ede3' : `des-ede3-${suffix}` };
  }
  const family = algorithm === AES ? 'aes' : algorithm === Camellia ? 'camellia' : undefined;
  return family !== undefined && [16, 24, 32].includes(keyBytes)
    ? { ...sizes, name: `${family}-${keyBytes * 8}-${suffix}` }
    : failed('unsupportedParameters', 'that algorithm does not encrypt here with this key');
}

const codes = enumerations.BlockCipherMode;
const modes: ReadonlyMap<number, string> = new Map([
  [codes.CBC, 'cbc'],
  [codes.ECB, 'ecb'],
  [codes.CFB, 'cfb'],
  [codes.OFB, 'ofb'],
  [codes.CTR, 'ctr'],
]);

function gcmOf(keyBytes: number): Cipher | Failure {
  const sizes = { kind: 'authenticated', blockBytes: 1, ivBytes: 12 } as const;
  if (keyBytes === 16) return { ...sizes, name: 'aes-128-gcm' };
  if (keyBytes === 24) return { ...sizes, name: 'aes-192-gcm' };
  return keyBytes === 32
    ? { ...sizes, name: 'aes-256-gcm' }
    : failed('unsupportedParameters', 'AES has no keys of that length');
}

/** Encrypts. */
export function encrypted(cipher: Cipher, run: CipherRun): Encrypted | Failure {
  const iv = ivFor(cipher, run);
  if (isFailure(iv)) return iv;
  const what = `${cipher.name} failed`;
  if (cipher.kind === 'authenticated') {
    const tagBytes = run.parameters.tagBytes ?? 16;
    return (
      tagBytesFailure(tagBytes) ??
      attempt(() => sealed(cipher.name, { ...run, iv, tagBytes }), what)
    );
  }
  const whole =
    cipher.kind === 'blocks'
      ? padBlocks(run.data, run.parameters.padding, cipher.blockBytes)
      : run.data;
  if (isFailure(whole)) return whole;
  return attempt(() => {
    const running = createCipheriv(cipher.name, run.key, iv).setAutoPadding(false);
    return { data: Buffer.concat([running.update(whole), running.final()]), tag: undefined };
  }, what);
}

/** Decrypts; with a wrong tag not. */
export function decrypted(
  cipher: Cipher,
  run: CipherRun & { readonly tag: Uint8Array | undefined },
): Uint8Array | Failure {
  const iv = ivFor(cipher, run);
  if (isFailure(iv)) return iv;
  const what = `${cipher.name} failed`;
  if (cipher.kind === 'authenticated') {
    const { tag } = run;
    if (tag === undefined) return failed('missingField', 'Authenticated Encryption Tag is missing');
    return (
      tagBytesFailure(tag.length) ?? attempt(() => opened(cipher.name, { ...run, iv, tag }), what)
    );
  }
  return plainOf(cipher, { ...run, iv });
}

/** Decrypts what came so far, unchecked: of the last block only the last part knows the padding. */
export function decryptedSoFar(cipher: Cipher, run: CipherRun): Uint8Array | Failure {
  const iv = ivFor(cipher, run);
  if (isFailure(iv)) return iv;
  if (cipher.kind === 'authenticated') {
    return attempt(() => openedUnchecked(cipher.name, { ...run, iv }), `${cipher.name} failed`);
  }
  const blocks = Math.max(0, Math.ceil(run.data.length / cipher.blockBytes) - 1);
  const data =
    cipher.kind === 'blocks' ? run.data.subarray(0, blocks * cipher.blockBytes) : run.data;
  const parameters = { ...run.parameters, padding: undefined };
  return plainOf(cipher, { ...run, iv, data, parameters });
}

function plainOf(
  cipher: Cipher,
  run: CipherRun & { readonly iv: Uint8Array },
): Uint8Array | Failure {
  if (cipher.kind === 'blocks' && run.data.length % cipher.blockBytes !== 0) {
    return failed('cryptographicFailure', 'the data are not whole blocks');
  }
  const plain = attempt(() => {
    const running = createDecipheriv(cipher.name, run.key, run.iv).setAutoPadding(false);
    return Buffer.concat([running.update(run.data), running.final()]);
  }, `${cipher.name} failed`);
  return cipher.kind === 'blocks' && !isFailure(plain)
    ? unpadBlocks(plain, run.parameters.padding, cipher.blockBytes)
    : plain;
}

/**
 * The initialization vector as OpenSSL takes it: where there is room for a counter beside the
 * nonce, ChaCha20 has it before (little end first), CTR after (big end first).
 */
function ivFor(cipher: Cipher, run: CipherRun): Uint8Array | Failure {
  const { iv } = run;
  if (cipher.ivBytes === 0) return new Uint8Array();
  if (iv === undefined) return failed('missingInitializationVector', 'IV/Counter/Nonce is missing');
  const isChaCha = cipher.name === 'chacha20';
  const roomBytes = 16 - iv.length;
  if (roomBytes <= 0 || !(isChaCha || cipher.name.endsWith('-ctr'))) return iv;
  const counter = Buffer.from(unsignedBytes(BigInt(run.parameters.counter >>> 0), roomBytes));
  const fitting = counter.subarray(counter.length - roomBytes);
  return isChaCha ? Buffer.concat([fitting.reverse(), iv]) : Buffer.concat([iv, fitting]);
}
