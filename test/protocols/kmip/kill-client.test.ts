import { describe, expect, it } from 'vitest';
import type { Mutant } from '#src/contract/side.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, each } from './bench.ts';

const mutants = kmip.mutants.filter(({ side }) => side === 'client');

/** What a judge reads who is told that ids are needed: nothing else shows that they are missing. */
const readings = { missingItemIds: 'required' };

describe('the mutants of the client', () => {
  it('are many, and some are deep', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(12);
    expect(mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(4);
  });

  it('are killed, by what they break', { timeout: 120_000 }, async () => {
    const survivors: string[] = [];
    await each(mutants, 4, async (mutant) => {
      const named = await brokenBy(mutant);
      if (!named.includes(mutant.breaks.id)) survivors.push(`${mutant.id}: ${named.join(', ')}`);
    });
    expect(survivors).toEqual([]);
  });
});

/** The requirements that the cases about what a mutant breaks find broken, up to that one. */
async function brokenBy({ id, breaks, dialect }: Mutant): Promise<readonly string[]> {
  await using bench = await benchFor('client', id, {}, dialect);
  const profile = { ...bench.profile, readings };
  const named: string[] = [];
  const about = kmip.cases.filter(
    ({ against, covers, dialects }) =>
      against === 'client' &&
      covers.includes(breaks) &&
      dialects?.includes(profile.dialect) !== false,
  );
  for (const one of about) {
    const { violation } = (await playCase({ ...bench, profile }, one)).verdict;
    if (violation !== null) named.push(violation.requirement.id);
    if (violation?.requirement.id === breaks.id) break;
  }
  return named;
}
