import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#models/central-kms/instants.ts';

describe('an instant', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2000-02-29T23:59:59.5z', 951_868_799.5],
    ['2018-01-01T00:00:00Z', 1_514_764_800],
    ['2018-01-01T01:30:00+01:30', 1_514_764_800],
    ['2017-12-31T23:15:00-00:45', 1_514_764_800],
  ])('of %s is %d', (text, seconds) => expect(instantOf(text)).toBe(seconds));

  it('is that of every date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(instantOf(date.toISOString())).toBeCloseTo(date.getTime() / 1000, 3);
        },
      ),
      { seed: 5 },
    );
  });

  it.each(['', '2018-01-01', '2018-01-01T00:00:00', 7, null, undefined])('is none of %j', (value) =>
    expect(instantOf(value)).toBeNaN(),
  );
});
