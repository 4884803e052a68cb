import { describe, expect, it } from 'vitest';
import { isSeen, nothingSeen, seenWith } from '#models/central-kms/seen.ts';

describe('what was seen', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `batch ${index}`);
  const all = names.reduce(seenWith, nothingSeen);

  it('is known, and nothing else', () => {
    expect(names.filter((name) => !isSeen(all, name))).toEqual([]);
    expect(isSeen(all, 'batch 3000')).toBe(false);
    expect(isSeen(nothingSeen, 'batch 0')).toBe(false);
  });

  it('is kept in few sets, and stays as it is when more is seen', () => {
    expect(all.older.length).toBeLessThan(12);
    const more = seenWith(all, 'another');
    expect(isSeen(more, 'another')).toBe(true);
    expect(isSeen(all, 'another')).toBe(false);
    expect(seenWith(more, 'another')).toBe(more);
  });
});
