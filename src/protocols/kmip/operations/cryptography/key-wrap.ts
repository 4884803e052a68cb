import { createCipheriv } from 'node:crypto';
import { failed, type Failure } from '../model/failure.ts';
import { attempt } from './attempt.ts';

/** AES Key Wrap (RFC 3394), which KMIP calls NIST Key Wrap. */
export function nistWrapped(wrappingKey: Uint8Array, plain: Uint8Array): Uint8Array | Failure {
  if (plain.length % 8 !== 0 || plain.length < 16) {
    return failed(
      'cryptographicFailure',
      'NIST key wrap takes whole blocks of 8 bytes, two at least',
    );
  }
  return attempt(() => {
    const name = `id-aes${wrappingKey.length * 8}-wrap`;
    const wrap = createCipheriv(name, wrappingKey, Buffer.alloc(8, 0xa6));
    return Buffer.concat([wrap.update(plain), wrap.final()]);
  }, 'wrapping failed');
}
