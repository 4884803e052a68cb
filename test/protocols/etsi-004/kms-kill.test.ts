import { describe, expect, it } from 'vitest';
import { assumedReadings } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { benchFor, profileOf } from './bench.ts';

const cases = etsi004.cases.filter(
  ({ against, dialects }) =>
    against === 'kms' && dialects?.includes(etsi004.defaultDialect) !== false,
);
const mutants = etsi004.mutants.filter(({ side }) => side === 'kms');
/** Spares the search for other readings; what is found so is judged again without. */
const assumed = assumedReadings(etsi004.model.ambiguities);
/** A mutant that falls silent is waited for no longer, ms. */
const replyMs = 400;

/** The first case that fails for what a mutant breaks; those that cover it come first. */
async function killer(bench: Bench, broken: string): Promise<string | null> {
  const covers = (played: Case) => played.covers.some(({ id }) => id === broken);
  const ordered = [...cases.filter(covers), ...cases.filter((played) => !covers(played))];
  const quick = { ...bench, profile: { ...bench.profile, readings: assumed } };
  for (const played of ordered) {
    if ((await brokenIn(quick, played)) !== broken) continue;
    if ((await brokenIn(bench, played)) === broken) return played.id;
  }
  return null;
}

async function brokenIn(bench: Bench, played: Case): Promise<string | null> {
  const { verdict } = await playCase(bench, played);
  if (verdict.verdict !== 'fail' && verdict.verdict !== 'warn') return null;
  return verdict.violation?.requirement.id ?? null;
}

describe('the mutants of the KMS', () => {
  it('are at least fifteen, four of them deep', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(15);
    expect(mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(4);
  });

  it.each(mutants)('$id is found out, and for what it does', async ({ id, breaks }) => {
    await using bench = await benchFor('kms', id);
    expect(await killer({ ...bench, replyMs, profile: profileOf('kms', id) }, breaks.id)).not.toBe(
      null,
    );
  });
});

describe('the cases against a KMS', () => {
  it('have ids of their own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});
