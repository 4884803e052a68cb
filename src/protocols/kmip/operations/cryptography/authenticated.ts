import {
  createCipheriv,
  createDecipheriv,
  type CipherGCMTypes,
  type DecipherChaCha20Poly1305,
  type DecipherGCM,
} from 'node:crypto';
import { failed, type Failure } from '../model/failure.ts';

/** Authenticated ciphers as node:crypto calls them. */
export type AuthenticatedName = CipherGCMTypes | 'chacha20-poly1305';

interface Run {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array | undefined;
  readonly data: Uint8Array;
}

/** Encrypts and makes the tag. Throws where key or nonce do not fit. */
export function sealed(
  name: AuthenticatedName,
  { key, iv, additionalData, data, tagBytes }: Run & { readonly tagBytes: number },
): { readonly data: Uint8Array; readonly tag: Uint8Array } {
  const running =
    name === 'chacha20-poly1305' ? createCipheriv(name, key, iv) : createCipheriv(name, key, iv);
  if (additionalData !== undefined) {
    running.setAAD(additionalData, { plaintextLength: data.length });
  }
  const sealedData = Buffer.concat([running.update(data), running.final()]);
  // Of both ciphers a shorter tag is the beginning of the whole one.
  return { data: sealedData, tag: running.getAuthTag().subarray(0, tagBytes) };
}

/** Decrypts. Throws where the tag is wrong, or key or nonce do not fit. */
export function opened(
  name: AuthenticatedName,
  { key, iv, additionalData, data, tag }: Run & { readonly tag: Uint8Array },
): Uint8Array {
  const running = opening(name, { key, iv, tagBytes: tag.length });
  if (additionalData !== undefined) {
    running.setAAD(additionalData, { plaintextLength: data.length });
  }
  running.setAuthTag(tag);
  return Buffer.concat([running.update(data), running.final()]);
}

/** Decrypts before the tag is there. Throws where key or nonce do not fit. */
export function openedUnchecked(name: AuthenticatedName, { key, iv, data }: Run): Uint8Array {
  return opening(name, { key, iv, tagBytes: 16 }).update(data);
}

function opening(
  name: AuthenticatedName,
  { key, iv, tagBytes }: Pick<Run, 'key' | 'iv'> & { readonly tagBytes: number },
): DecipherGCM | DecipherChaCha20Poly1305 {
  const options = { authTagLength: tagBytes };
  return name === 'chacha20-poly1305'
    ? createDecipheriv(name, key, iv, options)
    : createDecipheriv(name, key, iv, options);
}

/** Tags are 4, 8, or 12 to 16 bytes long. */
export function tagBytesFailure(count: number): Failure | null {
  return count === 4 || count === 8 || (count >= 12 && count <= 16)
    ? null
    : failed('tagLength', `a tag of ${count} bytes is not possible`);
}
