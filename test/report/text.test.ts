import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraph, printable } from '#src/report/text.ts';

describe('printable text', () => {
  it('holds no control character and no half of a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });

  it('leaves letters of all scripts as they are', () => {
    expect(printable('η ≈ 0.79, Łódź')).toBe('η ≈ 0.79, Łódź');
  });
});

describe('a paragraph', () => {
  it('keeps within its room and says that something is missing', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 200 }), fc.integer({ min: 1, max: 5 }), (text, lines) => {
        const shown = paragraph('  label  ', text, { columns: 40, lines });
        expect(shown.length).toBeLessThanOrEqual(lines);
        for (const line of shown) expect(line.length).toBeLessThanOrEqual(40);
        const whole = shown.map((line) => line.slice(9)).join(' ');
        if (whole !== text) expect(whole).toMatch(/…$/);
      }),
    );
  });

  it('cuts words that are longer than a line', () => {
    const shown = paragraph('', 'x'.repeat(100), { columns: 40, lines: 9 });
    expect(shown.map((line) => line.length)).toEqual([40, 40, 20]);
  });
});
