import { describe, expect, it } from 'vitest';
import { textDigest } from '#src/protocols/central-kms/text-digest.ts';

describe('a key as people may see it', () => {
  it('has a digest that tells it from others, and is not in it', () => {
    const key = '00112233445566778899aabbccddeeff';
    expect(textDigest(key)).toMatch(/^32 characters \(SHA-256 [0-9a-f]{12}…\)$/);
    expect(textDigest(key)).not.toBe(textDigest(key.replace('0', '1')));
    expect(textDigest(key)).not.toContain(key.slice(0, 8));
  });

  it('has none where all keys of its length could be tried', () => {
    expect(textDigest('001122334455667')).toBe('15 characters, too few to tell a digest');
    expect(textDigest('0011223344556677')).toContain('SHA-256');
  });
});
