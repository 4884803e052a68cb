import { describe, expect, it } from 'vitest';
import { planSuite } from '#src/cli/plan-suite.ts';
import { subjectOf } from '#src/cli/profile.ts';
import type { Report } from '#src/contract/report.ts';
import { joined } from '#src/gate/join.ts';
import { partOf } from '#src/gate/shards.ts';
import { protocols } from '#src/protocols/index.ts';
import { notesOf } from '#src/suite/notes.ts';
import { runSuite } from '#src/suite/run-suite.ts';

const of = 3;

/** A run in memory, whole or in part. */
async function run(target: string, selectors: readonly string[], index: number | null) {
  const subject = await subjectOf({ target }, protocols, selectors);
  const shard = index === null ? undefined : { index, of };
  const plan = planSuite(subject, { selectors, shard, retries: 0 });
  const report = await runSuite({ ...plan, inMemory: true }, () => {});
  const { protocol, profile } = subject;
  return { report, notes: (states: ReadonlySet<string>) => notesOf(protocol, profile, states) };
}

/** All that is told of a run, but for how long it took and when it was. */
function timeless({ startedAt: _at, durationMs: _took, ...report }: Report) {
  const results = report.results.map(({ durationMs: _ms, ...result }) => result);
  return { ...report, results };
}

describe('the parts of a run, joined,', () => {
  it.each([
    [
      'shared sessions',
      'qosst/alice?mutant=alice-accepts-any-version',
      ['codes/**', 'content/**', 'identification/**'],
    ],
    ['cases that do not apply', 'kmip/client?mutant=client-without-count', []],
    ['choices of the target', 'central-kms/sidecar', []],
  ])('are the run, with %s', async (_, side, selectors) => {
    const target = `reference:${side}`;
    const whole = await run(target, selectors, null);
    const parts = [];
    for (const index of [1, 2, 3]) parts.push((await run(target, selectors, index)).report);
    const [first, ...others] = parts.toReversed();
    if (first === undefined) throw new Error('no part was run');
    expect(timeless(joined([first, ...others], whole.notes))).toEqual(timeless(whole.report));
    /** What a choice led several parts to, each of them plays; it counts once. */
    const played = parts.reduce((sum, { results }) => sum + results.length, 0);
    const twice = played - whole.report.results.length;
    if (side === 'central-kms/sidecar') expect(twice).toBeGreaterThan(0);
    else expect(twice).toBe(0);
    for (const part of parts) expect(part.results.length).toBeLessThan(played / 2);
  });
});

describe('a part of a run', () => {
  const cases = protocols.flatMap((protocol) => protocol.cases);

  it('has each case in one part alone, and no part much more than another', () => {
    const parts = [1, 2, 3, 4, 5].map((index) => partOf(cases, { index, of: 5 }));
    const places = parts.flat().map(({ place }) => place);
    expect(places.toSorted((left, right) => left - right)).toEqual(cases.map((_, at) => at));
    for (const part of parts) expect(part.length).toBeGreaterThan(cases.length / 6);
    for (const { played, place } of parts.flat()) expect(cases[place]).toBe(played);
  });

  it('keeps together what shares a session', () => {
    const shared = cases.filter(({ reusable, from }) => reusable === true && from !== undefined);
    const [one] = shared;
    const group = shared.filter(({ from }) => from === one?.from).slice(0, 7);
    const parts = [1, 2].map((index) => partOf(group, { index, of: 2 }).length);
    expect(parts).toEqual([7, 0]);
  });

  it('that would be empty is a wrong use', async () => {
    const subject = await subjectOf({}, protocols);
    const selectors = ['sequence/link.unidentified/identificationRequest-2'];
    const plan = () => planSuite(subject, { selectors, shard: { index: 2, of: 2 } });
    expect(plan).toThrow('part 2 of 2 has no case: only 1 are selected');
  });
});
