import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { validator } from '#src/wire/schema.ts';

const schema = Type.Object(
  { count: Type.Integer({ maximum: 5 }), rate: Type.Optional(Type.Number()) },
  { additionalProperties: false },
);
const problems = validator(schema);

describe('a validator', () => {
  it('finds nothing wrong with a value that fits', () =>
    expect(problems({ count: 5 })).toEqual([]));

  it('takes a bigint for an integer, within its bounds', () => {
    expect(problems({ count: 5n })).toEqual([]);
    expect(problems({ count: 6n })).toEqual([{ path: '/count', message: 'must be <= 5' }]);
    expect(validator(Type.Array(Type.Integer()))([1, [2n], 3n])).toMatchObject([{ path: '/1' }]);
    expect(validator(Type.String())(7n)).toMatchObject([{ message: 'must be string' }]);
  });

  it('tells both bounds of a range where one is broken', () => {
    const ranged = validator(Type.Object({ share: Type.Number({ minimum: 0, maximum: 1 }) }));
    const message = 'must be from 0 to 1';
    expect(ranged({ share: 2 })).toEqual([{ path: '/share', message }]);
    expect(ranged({ share: -1 })).toEqual([{ path: '/share', message }]);
  });

  it('takes NaN and the infinities for numbers', () => {
    expect(problems({ count: 1, rate: Number.NaN })).toEqual([]);
    expect(problems({ count: 1, rate: -Infinity })).toEqual([]);
  });

  it('names every member that is wrong', () => {
    const found = problems({ count: 'a', 'x/y': 1 });
    expect(found.map(({ path }) => path).sort()).toEqual(['/count', '/x~1y']);
  });

  it('leaves the value as it was', () => {
    const value = { count: 5n, rate: 1 };
    problems(value);
    expect(value.count).toBe(5n);
  });

  it('is made once for a schema', () => expect(validator(schema)).toBe(problems));

  it('survives values that nest deeper than any schema', () => {
    let deep: unknown = 1n;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(validator(Type.Array(Type.Unknown()))(deep)).toEqual([]);
  });
});
