import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import type { Mutant } from '#src/contract/side.ts';
import { playCase } from '#src/suite/run-case.ts';
import { deviceBench, deviceCases, deviceMutants, isSlow } from './device-bench.ts';

/** The cases that are likeliest to show a mutant first. */
function likeliest({ breaks }: Mutant): readonly Case[] {
  const about = deviceCases.filter(({ covers }) => covers.includes(breaks));
  return [...about, ...deviceCases.filter((played) => !about.includes(played) && !isSlow(played))];
}

/** The requirements that were named until the right one was. */
async function named(mutant: Mutant): Promise<readonly string[]> {
  await using bench = await deviceBench({ mutant: mutant.id });
  const found = new Set<string>();
  for (const played of likeliest(mutant)) {
    const { violation } = (await playCase(bench, played)).verdict;
    if (violation !== null) found.add(violation.requirement.id);
    if (found.has(mutant.breaks.id)) break;
  }
  return [...found];
}

describe('the mutants of the QKD device', () => {
  it('are many, and many of them deep', () => {
    expect(deviceMutants.length).toBeGreaterThanOrEqual(40);
    expect(deviceMutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(15);
  });

  it.each(deviceMutants.map((mutant) => [mutant.id, mutant] as const))(
    '%s is killed, and the requirement that it breaks is named',
    async (_, mutant) => {
      expect(await named(mutant)).toContain(mutant.breaks.id);
    },
  );
});
