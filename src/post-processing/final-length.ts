/** What is known of the raw key before it is amplified. */
export interface RawKey {
  /** Raw bits of blocks that passed verification: one a quadrature. */
  readonly bits: number;
  /** R: what a raw bit gives beyond what the syndrome told. */
  readonly codeRate: number;
  /**
   * chi_BE: bits a symbol that Eve may know. Of the estimates as they are, the key is secret for
   * blocks without end; for one of this size they must be at their worst, and `smoothingBits` given.
   */
  readonly holevoBits: number;
  /** Quadratures a symbol: 2 for heterodyne detection. */
  readonly quadratures: 1 | 2;
  /** Bits told by verification and by the rest of error correction. */
  readonly leakedBits: number;
  /** What smoothing costs a block of this size. */
  readonly smoothingBits: number;
  /** eps_PA: how far the key may be from uniform. */
  readonly failure: number;
}

/**
 * Bits of the final key: N (R - chi / quadratures) - leaked - smoothing - 2 log2(1 / eps); 0 where
 * nothing is left.
 * @see protocols/optics.md, section 1.3.
 */
export function finalLength(raw: RawKey): number {
  const { bits, codeRate, holevoBits, quadratures, leakedBits, smoothingBits, failure } = raw;
  const secret = bits * (codeRate - holevoBits / quadratures);
  const length = Math.floor(secret - leakedBits - smoothingBits - 2 * Math.log2(1 / failure));
  return length > 0 ? length : 0;
}
