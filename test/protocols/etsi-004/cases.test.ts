import { describe, expect, it } from 'vitest';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor } from './bench.ts';

const casesOf = (side: string) => etsi004.cases.filter(({ against }) => against === side);

describe.each(['qkd-device', 'kms'])('the reference %s', (side) => {
  it('passes every case, over sockets', async () => {
    await using bench = await benchFor(side, null);
    const outcomes: string[] = [];
    for (const played of casesOf(side)) {
      const { verdict } = await playCase(bench, played);
      if (verdict.verdict !== 'pass') outcomes.push(`${played.id}: ${verdict.verdict}`);
    }
    expect(casesOf(side).length).toBeGreaterThan(3);
    expect(outcomes).toEqual([]);
  });

  it('is told the same when it is played again', async () => {
    const [first, second] = [await played(side), await played(side)];
    expect(second).toEqual(first);
  });
});

describe('a mutant is killed, and the requirement that it breaks is named', () => {
  it.each(etsi004.mutants.map((mutant) => [mutant.id, mutant] as const))(
    '%s',
    async (id, { side, breaks }) => {
      await using bench = await benchFor(side, id);
      const named = new Set<string>();
      for (const one of casesOf(side)) {
        const { violation } = (await playCase(bench, one)).verdict;
        if (violation !== null) named.add(violation.requirement.id);
        if (named.has(breaks.id)) break;
      }
      expect([...named]).toContain(breaks.id);
    },
  );
});

/** Verdict and coverage of the first two cases: keys come when they come. */
async function played(side: string) {
  await using bench = await benchFor(side, null);
  const outcomes = [];
  for (const one of casesOf(side).slice(0, 2)) {
    const { verdict } = await playCase(bench, one);
    outcomes.push([one.id, verdict.verdict, verdict.readings]);
  }
  return outcomes;
}
