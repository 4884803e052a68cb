import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '#src/base/simulated-clock.ts';

describe('simulated time', () => {
  it('passes at once, in the order of what is to be done', async () => {
    const clock = new SimulatedClock();
    const done: string[] = [];
    clock.after(3_600_000, () => done.push(`late at ${clock.nowMs()}`));
    clock.after(10, () => done.push(`soon at ${clock.nowMs()}`));
    clock.after(10, () => done.push('soon, second'));
    clock.after(20, () => done.push('never'))();
    await clock.sleep(3_600_001);
    expect(done).toEqual(['soon at 10', 'soon, second', 'late at 3600000']);
    expect(clock.nowMs()).toBe(3_600_001);
  });

  it('stands still while nobody waits for it', async () => {
    const clock = new SimulatedClock();
    clock.after(1, () => {
      throw new Error('nobody waits');
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.nowMs()).toBe(0);
  });

  it('does not pass before all is done that can be done now', async () => {
    const clock = new SimulatedClock();
    const came = Promise.withResolvers<string>();
    clock.after(5, () => came.resolve('by time'));
    void Promise.resolve()
      .then(() => undefined)
      .then(() => came.resolve('at once'));
    expect(await clock.passing(came.promise)).toBe('at once');
    expect(clock.nowMs()).toBe(0);
  });

  it('lets a sleeper go when the signal is aborted', async () => {
    const clock = new SimulatedClock();
    const stop = new AbortController();
    clock.after(5, () => stop.abort());
    await clock.sleep(100, stop.signal);
    expect(clock.nowMs()).toBe(5);
  });
});
