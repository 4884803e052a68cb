import { expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';

it("the machine's own clock tells the date, and does not go backwards", () => {
  const [first, then] = [systemClock.nowMs(), systemClock.nowMs()];
  expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
  expect(then).toBeGreaterThanOrEqual(first);
});
