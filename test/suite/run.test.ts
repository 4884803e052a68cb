import { describe, expect, it } from 'vitest';
import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { firstCases, profileOf, run } from './plan.ts';

const reference = (mutant: string | null = null) =>
  profileOf({ kind: 'reference', mutant }, { replyMs: 2000 });

/** A case whose every play has another outcome: fails where `fails` says so. */
function moody(fails: (play: number) => boolean): Case {
  let plays = 0;
  return {
    id: 'qosst/test/moody',
    title: 'Alice is in the mood',
    covers: [requirements.identificationAnswered],
    against: 'alice',
    play: async () => {
      plays += 1;
    },
    expect: {
      text: 'the mood',
      check: () =>
        fails(plays)
          ? {
              kind: 'answer',
              requirement: requirements.identificationAnswered,
              expected: [],
              actual: 'a mood',
              explanation: 'Moody.',
              at: 0,
            }
          : null,
    },
  };
}

describe('a run against the reference', () => {
  it('passes, covers, and is the same a second time', async () => {
    const first = await run({ profile: reference(), cases: firstCases('alice', 12) });
    const second = await run({ profile: reference(), cases: firstCases('alice', 12) });
    expect(first.report.exit).toMatchObject({ exitCode: 0 });
    expect(first.report.results).toHaveLength(12);
    expect(first.report.coverage.states.hit).toBeGreaterThan(2);
    const verdicts = ({ report }: typeof first) =>
      report.results.map(({ id, verdict, actual }) => ({ id, verdict, actual }));
    expect(verdicts(second)).toEqual(verdicts(first));
  });

  it('tells how it began, every result, and how many are done', async () => {
    const { told } = await run({ profile: reference(), cases: firstCases('alice', 3) });
    expect(told[0]).toMatchObject({ kind: 'began', total: 3 });
    expect(told.flatMap((one) => (one.kind === 'result' ? [one.done] : []))).toEqual([1, 2, 3]);
  });
});

describe('a failing case', () => {
  const playing = (fails: (play: number) => boolean, retries: number) =>
    run({ profile: reference(), cases: [moody(fails)], retries });

  it('fails where it fails in all tries', async () => {
    const { report } = await playing(() => true, 2);
    expect(report.results[0]).toMatchObject({ verdict: 'fail', tries: { failed: 3, of: 3 } });
    expect(report.exit).toMatchObject({ exitCode: 1 });
  });

  it('is flaky where it fails in some', async () => {
    const { report } = await playing((play) => play !== 2, 2);
    expect(report.results[0]).toMatchObject({ verdict: 'flaky', tries: { failed: 2, of: 3 } });
    expect(report.exit).toMatchObject({ exitCode: 1 });
  });

  it('is played once where nothing is to be tried again', async () => {
    const { report } = await playing(() => true, 0);
    expect(report.results[0]).toMatchObject({ verdict: 'fail', tries: { failed: 1, of: 1 } });
  });
});

describe('a run', () => {
  const failing = Array.from({ length: 5 }, (_, index) => ({
    ...moody(() => true),
    id: `qosst/test/moody-${index}`,
  }));

  it('ends after as many failures as it may have', async () => {
    const { report, told } = await run({ profile: reference(), cases: failing, maxFailures: 2 });
    expect(report.results).toHaveLength(2);
    const because = '2 cases failed; then: stopped after 2 failures';
    expect(report.exit).toEqual({ exitCode: 1, because });
    expect(told.at(-1)).toMatchObject({ kind: 'note' });
  });

  it('ends with 130 when it is interrupted, and reports what is known', async () => {
    const stop = new AbortController();
    let plays = 0;
    const cases = failing.map((one) => ({
      ...one,
      play: async () => {
        plays += 1;
        if (plays === 2) stop.abort();
      },
    }));
    const { report, tookMs } = await run({ profile: reference(), cases, signal: stop.signal });
    expect(report.exit).toMatchObject({ exitCode: 130 });
    expect(report.results.length).toBeLessThan(3);
    expect(tookMs).toBeLessThan(10_000);
  });

  it('ends with 130 where it was interrupted before it began', async () => {
    const { report } = await run({ profile: reference(), signal: AbortSignal.abort() });
    expect(report.exit).toMatchObject({ exitCode: 130 });
    expect(report.results).toEqual([]);
  });

  it('ends with 5 where a case breaks the harness, and with 2 for a mutant that is none', async () => {
    const broken: Case = {
      ...moody(() => false),
      play: () => Promise.reject(new TypeError('a fault of ours')),
    };
    const { report } = await run({ profile: reference(), cases: [broken] });
    expect(report.exit).toMatchObject({ exitCode: 5 });
    const none = await run({ profile: reference('no-such-mutant') });
    expect(none.report.exit).toMatchObject({ exitCode: 2 });
  });

  it('is inconclusive where the profile excuses every case', async () => {
    const hostile = firstCases('alice', 400).filter(({ tags }) => tags?.includes('hostile'));
    const cases = hostile.slice(0, 2);
    const { report } = await run({ profile: { ...reference(), safe: true }, cases });
    expect(report.results.map(({ verdict }) => verdict)).toEqual(cases.map(() => 'notApplicable'));
    expect(report.exit).toMatchObject({ exitCode: 4 });
  });

  it('finds a mutant', async () => {
    const [mutant] = qosst.mutants.filter(({ id }) => id === 'alice-accepts-any-version');
    const cases = qosst.cases.filter(({ covers }) => covers.includes(requirements.versionRefused));
    const { report } = await run({ profile: reference(mutant?.id ?? ''), cases });
    expect(report.exit).toMatchObject({ exitCode: 1 });
    expect(report.results.find(({ verdict }) => verdict === 'fail')?.requirements).toContain(
      'qosst/versionRefused',
    );
  });
});
