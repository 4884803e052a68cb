import { describe, expect, it } from 'vitest';
import { memo } from '#src/base/memo.ts';

describe('a function that keeps its latest results', () => {
  it('makes each of them once, and those again that it has forgotten', () => {
    const made: number[] = [];
    const double = memo(2, String, (value: number) => {
      made.push(value);
      return 2 * value;
    });
    expect([1, 2, 1, 2, 3, 1, 3].map((value) => double(value))).toEqual([2, 4, 2, 4, 6, 2, 6]);
    expect(made).toEqual([1, 2, 3, 1]);
  });

  it('keeps what is undefined, too', () => {
    let made = 0;
    const nothing = memo(
      4,
      (value: string) => value,
      () => {
        made += 1;
      },
    );
    nothing('a');
    nothing('a');
    expect(made).toBe(1);
  });
});
