import { beforeAll, describe, expect, it } from 'vitest';

import { assumedReadings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { protocols } from '#src/protocols/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';

const seed = 42;
const cases = qosst.cases.filter(({ against }) => against === 'bob');
/** What a run against a command would play, and the cases of Bob's free choices. */
const chosen = cases.filter(({ tags }) => tags?.includes('exhaustive') !== true);
/** Whole sessions in which nothing goes wrong. */
const conduct = cases.filter(({ id }) => id.startsWith('qosst/client-conduct/'));
/** Spares the search for other readings; what is found so is judged again without. */
const assumed = assumedReadings(qosst.model.ambiguities);
const mutants = qosst.mutants.filter(({ side }) => side === 'bob');

interface Came {
  readonly id: string;
  readonly verdict: Verdict;
  readonly trace: Trace;
  /** The broken requirement, then those that the case covers. */
  readonly named: readonly string[];
}

async function run(
  mutant: string | null,
  played: readonly Case[],
  readings: Profile['readings'] = {},
): Promise<readonly Came[]> {
  const [protocol] = protocols;
  if (protocol === undefined) throw new Error('no protocol');
  const profile: Profile = {
    name: 'bob',
    protocol: 'qosst',
    target: { kind: 'reference', mutant },
    side: 'bob',
    dialect: 'qosst/0.2',
    readings,
    options: {},
    replyMs: null,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
  await using reach = await reachTarget(protocol, profile, seed);
  const { signal } = new AbortController();
  const replyMs = mutant === null ? 5000 : 400;
  const bench = { protocol, profile, reach, clock: systemClock, seed, replyMs, signal };
  const results: Came[] = [];
  for (const one of played) {
    const { verdict, trace } = await playCase(bench, one);
    const broken = verdict.violation === null ? [] : [verdict.violation.requirement];
    const named = [...broken, ...one.covers].map(({ id }) => id);
    results.push({ id: one.id, verdict, trace, named });
  }
  return results;
}

const failed = (results: readonly Came[]) =>
  results.filter(({ verdict }) => ['fail', 'warn'].includes(verdict.verdict));

function casesOf(results: readonly Came[]): readonly Case[] {
  return cases.filter((played) => results.some(({ id }) => id === played.id));
}

/** What was said, in both directions; how it was cut into segments is left to chance. */
function said({ events }: Trace): readonly string[] {
  return (['sent', 'received'] as const).map((kind) =>
    Buffer.concat(events.flatMap((event) => (event.kind === kind ? [event.bytes] : []))).toString(
      'latin1',
    ),
  );
}

describe('the cases against Bob', () => {
  it('have ids of their own', () => {
    expect(new Set(qosst.cases.map(({ id }) => id)).size).toBe(qosst.cases.length);
  });

  it('all pass against the reference Bob', { timeout: 240_000 }, async () => {
    const results = await run(null, cases);
    const red = results.filter(({ verdict }) => !['pass', 'reading'].includes(verdict.verdict));
    expect(red.map(({ id, verdict }) => `${id}: ${verdict.violation?.actual}`)).toEqual([]);
  });

  it('say and hear the same for the same seed', { timeout: 240_000 }, async () => {
    const [first, second] = await Promise.all([run(null, chosen), run(null, chosen)]);
    const shown = (results: readonly Came[]) =>
      results.map(({ id, verdict, trace }) => [id, verdict.verdict, ...said(trace)]);
    expect(shown(second)).toEqual(shown(first));
  });
});

/** The first case that fails for what a mutant breaks, those that cover it first. */
async function firstKill(mutant: string, broken: string): Promise<readonly Came[]> {
  const covers = (played: Case) => played.covers.some(({ id }) => id === broken);
  const ordered = [...chosen.filter(covers), ...chosen.filter((played) => !covers(played))];
  for (const played of ordered) {
    const [came] = failed(await run(mutant, [played]));
    if (came?.named.includes(broken) === true) return [came];
  }
  return [];
}

describe('the mutants of Bob', () => {
  const killed = new Map<string, readonly Came[]>();
  const proven = new Set<string>();

  /**
   * A mutant that errs in every session proves those cases that cover what it breaks; one that
   * errs only when something goes wrong proves every case that it fails. Proven cases are played
   * again only for what they cover.
   */
  beforeAll(async () => {
    const [session] = conduct;
    if (session === undefined) throw new Error('no whole session');
    for (const { id, breaks } of mutants) {
      const isQuiet = failed(await run(id, [session], assumed)).length === 0;
      const covering = chosen.filter(({ covers }) => covers.includes(breaks));
      const others = isQuiet ? chosen.filter((played) => !covering.includes(played)) : [];
      const open = [...covering, ...others].filter((played) => !proven.has(played.id));
      const suspects = failed(await run(id, open, assumed));
      for (const came of suspects) proven.add(came.id);
      const naming = suspects.filter(({ named }) => named.includes(breaks.id)).slice(0, 3);
      const sure = failed(await run(id, casesOf(naming)));
      killed.set(id, sure.length > 0 ? sure : await firstKill(id, breaks.id));
    }
  }, 400_000);

  it('are at least fifteen, three of them deep', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(15);
    expect(mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(3);
  });

  it.each(mutants)('$id is found out, and for what it does', ({ id, breaks }) => {
    const killers = killed.get(id) ?? [];
    expect(killers.map((came) => came.id)).not.toEqual([]);
    expect(killers.flatMap(({ named }) => named)).toContain(breaks.id);
  });

  it('leave few cases unproven', () => {
    const left = chosen.map(({ id }) => id).filter((id) => !proven.has(id));
    expect(left.map((id) => id.replace('qosst/', ''))).toEqual(unproven);
  });
});

/**
 * Cases that no mutant fails: a recovery that is ended unstarted is an open reading, and where an
 * answer is both unreadable and not authentic nearly all that Bob can do is right. After a broken
 * connection ours begins anew: only software that does not could fail there.
 */
const unproven: readonly string[] = [
  'client-conduct/recovery',
  'client-framing/content-cut-short',
  'client-course/end-instead-of-answer',
  'client-course/end-amid-answer',
  'client-course/reset-instead-of-answer',
  'client-course/reset-amid-answer',
  'client/polarisationRecovery.starting/polarisationRecoveryAck',
];
