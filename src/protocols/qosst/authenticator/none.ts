import { sameBytes } from '#src/base/bytes.ts';
import type { Authenticator } from './authenticator.ts';

/**
 * No keys: the seal is the digest itself, so it protects against accidents only.
 *
 * @see qosst-core 0.10.1, authentication/base.py, NoneAuthenticator
 */
export const none: Authenticator = {
  name: 'none',
  sign: (digest) => digest,
  verify: sameBytes,
};
