import { describe, expect, it } from 'vitest';
import { finalLength } from '#src/post-processing/final-length.ts';

const raw = {
  bits: 1_000_000,
  codeRate: 0.1,
  holevoBits: 0.12,
  quadratures: 2,
  leakedBits: 60,
  smoothingBits: 0,
  failure: 1e-10,
} as const;

describe('the length of the final key', () => {
  it('is what Eve may not know, less what was told', () => {
    // 1e6 × (0.1 - 0.06) - 60 - 2 × 33.2193
    expect(finalLength(raw)).toBe(39_873);
  });

  it('pays for smoothing where the block has an end', () => {
    expect(finalLength({ ...raw, smoothingBits: 1000 })).toBe(38_873);
  });

  it('is 0 where Eve may know everything, and where parameters make no sense', () => {
    expect(finalLength({ ...raw, holevoBits: 0.2 })).toBe(0);
    expect(finalLength({ ...raw, bits: 0 })).toBe(0);
    expect(finalLength({ ...raw, holevoBits: NaN })).toBe(0);
  });
});
