import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor } from './bench.ts';

const casesOf = (side: string) => centralKms.cases.filter(({ against }) => against === side);

/** Cases beside each other: most of their time is spent waiting. */
const lanes = 4;

describe.each(['central-kms', 'sidecar'])('the reference %s', (side) => {
  it('passes every case, over sockets', async () => {
    const played = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        outcomesOf(
          side,
          casesOf(side).filter((__, index) => index % lanes === lane),
        ),
      ),
    );
    expect(casesOf(side).length).toBeGreaterThan(90);
    expect(played.flat()).toEqual([]);
  }, 120_000);
});

/** What did not pass. */
async function outcomesOf(side: string, cases: readonly Case[]): Promise<readonly string[]> {
  await using bench = await benchFor(side, null);
  const outcomes: string[] = [];
  for (const one of cases) {
    const { verdict } = await playCase(bench, one);
    const why = `${verdict.verdict} ${verdict.violation?.requirement.id ?? verdict.note ?? ''}`;
    if (verdict.verdict !== 'pass') outcomes.push(`${one.id}: ${why}`);
  }
  return outcomes;
}
