import { describe, expect, it } from 'vitest';
import { isReached } from '#src/bench/speed-contest.ts';
import { workOutcomes } from '#src/bench/speed-work.ts';
import type { Work } from '#src/contract/baseline.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { work } from '#src/protocols/qosst/work.ts';

/** A protocol with this alone to be measured. */
function withWork(one: Work): Protocol {
  const { baseline } = qosst;
  if (baseline === undefined) throw new TypeError('no baseline');
  return { ...qosst, baseline: { ...baseline, work: [one] } };
}

async function outcomeOf(one: Work) {
  const [measure] = workOutcomes(withWork(one), new AbortController().signal);
  if (measure === undefined) throw new TypeError('nothing is measured');
  return measure();
}

/** Half a million turns, or so many. */
const turns = (count: number) => () => {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += Math.sqrt(at);
  return sum;
};

describe('work of a room', () => {
  it('is measured against so many a second', async () => {
    const kernel = (perSecond: number): Work => ({
      kind: 'kernel',
      what: 'turns',
      prepare: () => ({ count: 1, run: turns(1000) }),
      goal: { kind: 'rate', perSecond },
    });
    expect(isReached(await outcomeOf(kernel(1)))).toBe(true);
    expect(isReached(await outcomeOf(kernel(1e12)))).toBe(false);
  });

  it('is measured against something else that does the same', async () => {
    const outcome = await outcomeOf({
      kind: 'kernel',
      what: 'turns',
      prepare: () => ({ count: 1, run: turns(1000) }),
      goal: { kind: 'ratio', against: 'more turns', least: 2, prepare: () => turns(100_000) },
    });
    expect(outcome).toMatchObject({ what: 'turns', against: 'more turns', reach: { least: 2 } });
    expect(outcome.ratio).toBeGreaterThan(5);
  });

  it('is a whole session of both sides, in so many milliseconds', async () => {
    const session = (mostMs: number): Work => ({
      kind: 'session',
      what: 'oracle',
      options: { optics: 'oracle' },
      mostMs,
    });
    expect(isReached(await outcomeOf(session(60_000)))).toBe(true);
    expect(isReached(await outcomeOf(session(0.001)))).toBe(false);
  });

  it.each(work.flatMap((one) => (one.kind === 'kernel' ? [[one.what, one] as const] : [])))(
    'does something: %s',
    async (_, { prepare }) => {
      const { count, run } = prepare();
      expect(count).toBeGreaterThan(0);
      expect(await run()).toBeTruthy();
    },
  );

  it('of the decoder is a block that is corrected', () => {
    const decoding = work.find(({ what }) => what.startsWith('decoding'));
    if (decoding?.kind !== 'kernel') throw new TypeError('no decoding');
    expect(decoding.prepare().run()).toMatchObject({ kind: 'corrected' });
  });
});
