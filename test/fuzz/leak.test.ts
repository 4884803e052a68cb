import { describe, expect, it } from 'vitest';
import { leaks, sampled, type MemorySample } from '#src/fuzz/leak.ts';

const mebibyte = 2 ** 20;

/** Samples every hundred messages, of sizes in MiB. */
function samples(sizeOf: (at: number) => number, count = 60): readonly MemorySample[] {
  return Array.from({ length: count }, (_, at) => ({
    messages: at * 100,
    residentBytes: sizeOf(at) * mebibyte,
  }));
}

describe('the rule for leaks', () => {
  it('finds memory that rises with every message', () =>
    expect(leaks(samples((at) => 100 + 3 * at))).toBe(true));

  it('finds it under the saw of a collector', () =>
    expect(leaks(samples((at) => 100 + 3 * at + (at % 4) * 10))).toBe(true));

  it('finds nothing in flat memory, however it shakes', () =>
    expect(leaks(samples((at) => 300 + ((at * 37) % 50)))).toBe(false));

  it('finds nothing in what warms up and flattens', () =>
    expect(leaks(samples((at) => 400 - 300 * Math.exp(-at / 6)))).toBe(false));

  it('finds nothing in a rise of less than 64 MiB', () =>
    expect(leaks(samples((at) => 100 + at))).toBe(false));

  it('finds nothing where one third fell', () =>
    expect(leaks(samples((at) => (at < 40 ? 100 + 10 * at : 200)))).toBe(false));

  it('says nothing of a few samples', () =>
    expect(leaks(samples((at) => 100 * at, 8))).toBe(false));

  it('counts by messages: an idle target does not leak', () => {
    const idle = samples((at) => 100 + 3 * at).map((one) => ({ ...one, messages: 5 }));
    expect(leaks(idle)).toBe(false);
  });
});

describe('the list of samples', () => {
  it('stays bounded, and keeps first and last', () => {
    let kept: readonly MemorySample[] = [];
    for (const sample of samples(() => 1, 5000)) kept = sampled(kept, sample);
    expect(kept.length).toBeLessThanOrEqual(600);
    expect(kept[0]?.messages).toBe(0);
    expect(kept.at(-1)?.messages).toBe(499_900);
  });
});
