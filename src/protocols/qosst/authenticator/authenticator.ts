import type { Random } from '#src/base/random.ts';

/**
 * Seals and checks the digest of a frame.
 *
 * @see QOSST control protocol, Format of frame: the signed digest
 */
export interface Authenticator {
  readonly name: string;
  /** The seal of a 32-byte digest; the same digest and the same random numbers give the same. */
  sign(digest: Uint8Array, random?: Pick<Random, 'bytes'>): Uint8Array;
  /** Whether the seal is one of this digest by the peer; never throws. */
  verify(digest: Uint8Array, seal: Uint8Array): boolean;
}

/** What a writer needs to know of an authenticator. */
export type Seal = Authenticator['sign'];
