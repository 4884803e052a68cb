import { describe, expect, it } from 'vitest';
import type { Mutant } from '#src/contract/side.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, each } from './bench.ts';

describe('mutants', () => {
  it('are at least 30, half on either side, and some are deep', () => {
    const of = (side: string) => centralKms.mutants.filter((one) => one.side === side).length;
    expect(of('central-kms')).toBeGreaterThanOrEqual(15);
    expect(of('sidecar')).toBeGreaterThanOrEqual(15);
    expect(centralKms.mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(8);
  });

  it.each(['central-kms', 'sidecar'])(
    'of %s are killed, by what they break',
    async (side) => {
      const mutants = centralKms.mutants.filter((one) => one.side === side);
      const survivors: string[] = [];
      await each(mutants, 4, async (mutant) => {
        const named = await brokenBy(mutant);
        if (!named.includes(mutant.breaks.id)) survivors.push(`${mutant.id}: ${named.join(', ')}`);
      });
      expect(survivors).toEqual([]);
    },
    400_000,
  );
});

/** The requirements that the cases about what a mutant breaks find broken, up to that one. */
async function brokenBy({ id, side, breaks }: Mutant): Promise<readonly string[]> {
  await using bench = await benchFor(side, id);
  const named: string[] = [];
  const about = ({ against, covers }: (typeof centralKms.cases)[number]) =>
    against === side && covers.includes(breaks);
  for (const one of centralKms.cases.filter(about)) {
    const { violation } = (await playCase(bench, one)).verdict;
    if (violation !== null) named.push(violation.requirement.id);
    if (violation?.requirement.id === breaks.id) break;
  }
  return named;
}
