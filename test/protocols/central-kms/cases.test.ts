import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor } from './bench.ts';

const casesOf = (side: string) => centralKms.cases.filter(({ against }) => against === side);
const limitMs = 180_000;

/** Cases beside each other: most of their time is spent waiting. */
const lanes = 6;

describe.each(['central-kms', 'sidecar'])('the reference %s', (side) => {
  it(
    'passes every case, over sockets',
    async () => {
      const played = await Promise.all(
        Array.from({ length: lanes }, (_, lane) =>
          outcomesOf(
            side,
            casesOf(side).filter((__, index) => index % lanes === lane),
          ),
        ),
      );
      expect(casesOf(side).length).toBeGreaterThan(40);
      expect(played.flat()).toEqual([]);
    },
    limitMs,
  );
});

/** What did not pass. */
async function outcomesOf(side: string, cases: readonly Case[]): Promise<readonly string[]> {
  await using bench = await benchFor(side, null);
  const outcomes: string[] = [];
  for (const one of cases) {
    const { verdict } = await playCase(bench, one);
    if (verdict.verdict !== 'pass') outcomes.push(`${one.id}: ${verdict.verdict}`);
  }
  return outcomes;
}

describe('mutants', () => {
  it('are at least 30, half on either side, and some are deep', () => {
    const of = (side: string) => centralKms.mutants.filter((one) => one.side === side).length;
    expect(of('central-kms')).toBeGreaterThanOrEqual(15);
    expect(of('sidecar')).toBeGreaterThanOrEqual(15);
    expect(centralKms.mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(8);
  });

  it.concurrent.each(centralKms.mutants.map((mutant) => [mutant.id, mutant] as const))(
    '%s is killed, and the requirement that it breaks is named',
    async (id, { side, breaks }) => {
      await using bench = await benchFor(side, id);
      const named = new Set<string>();
      const mine = casesOf(side).filter(({ covers }) => covers.includes(breaks));
      for (const one of mine) {
        const { violation } = (await playCase(bench, one)).verdict;
        if (violation !== null) named.add(violation.requirement.id);
        if (named.has(breaks.id)) break;
      }
      expect([...named]).toContain(breaks.id);
    },
    limitMs,
  );
});
