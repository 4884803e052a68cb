import { describe, expect, it } from 'vitest';
import type { Mutant } from '#src/contract/side.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, each } from './bench.ts';

describe('mutants', () => {
  it('are at least 45 of the server, and some are deep', () => {
    const of = (side: string) => kmip.mutants.filter((one) => one.side === side).length;
    expect(of('server')).toBeGreaterThanOrEqual(45);
    expect(kmip.mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(8);
  });

  it.each(['server'])(
    'of %s are killed, by what they break',
    async (side) => {
      const mutants = kmip.mutants.filter((one) => one.side === side);
      const survivors: string[] = [];
      await each(mutants, 4, async (mutant) => {
        const named = await brokenBy(mutant);
        const others = [...new Set(named)].join(', ');
        if (!named.includes(mutant.breaks.id)) survivors.push(`${mutant.id}: ${others}`);
      });
      expect(survivors).toEqual([]);
    },
    240_000,
  );
});

/** The requirements that the cases about what a mutant breaks find broken, up to that one. */
async function brokenBy({ id, side, breaks, dialect }: Mutant): Promise<readonly string[]> {
  await using bench = await benchFor(side, id, {}, dialect);
  const named: string[] = [];
  const about = ({ against, covers, dialects }: (typeof kmip.cases)[number]) =>
    against === side &&
    covers.includes(breaks) &&
    dialects?.includes(bench.profile.dialect) !== false;
  for (const one of kmip.cases.filter(about)) {
    const { violation } = (await playCase(bench, one)).verdict;
    if (violation !== null) named.push(violation.requirement.id);
    if (violation?.requirement.id === breaks.id) break;
  }
  return named;
}
