import { describe, expect, it } from 'vitest';
import { secretRanges } from '#src/exhibit/secret-ranges.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('where key material lies', () => {
  it('is every place at which it stands', () => {
    const ranges = secretRanges(bytes('key=ABCD, again ABCD'), [bytes('ABCD')]);
    expect(ranges).toEqual([
      { from: 4, to: 8 },
      { from: 16, to: 20 },
    ]);
  });

  it('is told in order and without overlaps', () => {
    const ranges = secretRanges(bytes('..ABCDEF..'), [bytes('CDEF'), bytes('ABCD')]);
    expect(ranges).toEqual([{ from: 2, to: 8 }]);
  });

  it('is everywhere where it is not found, or nobody knows', () => {
    expect(secretRanges(bytes('chunked'), [bytes('ABCD')])).toEqual([{ from: 0, to: 7 }]);
    expect(secretRanges(bytes('odd'), null)).toEqual([{ from: 0, to: 3 }]);
  });

  it('is nowhere where there is none', () => {
    expect(secretRanges(bytes('plain'), [])).toEqual([]);
    expect(secretRanges(bytes('plain'), [bytes('')])).toEqual([]);
  });
});
