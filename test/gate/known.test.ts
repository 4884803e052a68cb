import { describe, expect, it } from 'vitest';
import { requirements } from '#models/qosst/requirements.ts';
import type { Case } from '#src/contract/case.ts';
import type { Report, Result, Scope } from '#src/contract/report.ts';
import { caseVersion } from '#src/gate/case-version.ts';
import { gated } from '#src/gate/gated.ts';
import type { KnownFailure } from '#src/gate/known-failures.ts';
import { messageOf, patternOf, says } from '#src/gate/message.ts';
import { updated } from '#src/gate/update.ts';
import { exampleFailure, exampleReport, exampleResult } from '../report/example.ts';

const failure = exampleFailure();
const entry: KnownFailure = {
  id: failure.id,
  version: failure.version,
  verdict: 'fail',
  message: 'qosst/unauthenticAnswered (answer): alice.qieReady',
  reason: 'ticket 42',
  expires: '2026-06-30',
};
const whole: Scope = { selectors: [], level: 'may', every: true, shard: null, stopped: null };

/** A run of one result, held against one entry, on some day. */
function held(
  result: Result,
  change: Partial<KnownFailure> = {},
  { today = '2026-06-30', ...scope }: Partial<Scope> & { readonly today?: string } = {},
): Report {
  const report = { ...exampleReport([result]), scope: { ...whole, ...scope } };
  const failures = [{ ...entry, ...change }];
  const list = {
    schema: 'qkdspec-baseline/1',
    protocol: 'qosst',
    side: 'alice',
    failures,
  } as const;
  const exists = (id: string) => !id.endsWith('gone');
  return gated(report, { list, file: 'known.yaml', today, exists });
}

const codeOf = (report: Report) => report.exit.exitCode;
const standingOf = ({ results }: Report) => results[0]?.known?.standing;

describe('a known failure', () => {
  it('lets the run pass, and is counted, on its last day as well', () => {
    const report = held(failure);
    expect(report.exit).toEqual({ exitCode: 0, because: '1 known failure and nothing else' });
    expect(report.summary).toMatchObject({ fail: 1, expectedFail: 1, unexpectedPass: 0 });
    expect(report.gate).toEqual({ file: 'known.yaml', entries: 1, unused: [], expired: [] });
    expect(report.results[0]?.known).toEqual({
      standing: 'expectedFail',
      why: null,
      reason: 'ticket 42',
      expires: '2026-06-30',
    });
  });

  it('fails the run on the day after its last one', () => {
    const report = held(failure, {}, { today: '2026-07-01' });
    expect([codeOf(report), standingOf(report)]).toEqual([1, 'expired']);
    expect(report.gate?.expired).toEqual([entry.id]);
  });

  it.each(['pass', 'reading', 'warn'] as const)('fails the run where it is %s', (verdict) => {
    const report = held(exampleResult({ verdict }));
    expect([codeOf(report), standingOf(report)]).toEqual([1, 'unexpectedPass']);
    expect(report.summary.unexpectedPass).toBe(1);
  });

  it.each<readonly [what: string, result: Partial<Result>, change: Partial<KnownFailure>]>([
    ['another message', { actual: 'alice.error' }, {}],
    ['another requirement', { requirements: ['qosst/versionRefused'] }, {}],
    ['another kind', { kind: 'silence' }, {}],
    ['another verdict', { verdict: 'untestable' }, {}],
    ['flaky instead of failing', { verdict: 'flaky' }, {}],
    ['another version of the case', {}, { version: 'v00000000' }],
  ])('fails the run with %s', (_, result, change) => {
    const report = held(exampleFailure(result), change);
    expect([codeOf(report), standingOf(report)]).toEqual([1, 'changed']);
    expect(report.summary.expectedFail).toBe(0);
  });

  it.each(['pass', 'fail', 'flaky'] as const)('that is flaky may be %s', (verdict) => {
    const result = exampleFailure({ verdict });
    expect(codeOf(held(result, { verdict: 'flaky' }))).toBe(0);
    expect(codeOf(held(result, { verdict: 'flaky' }, { today: '2026-07-01' }))).toBe(1);
  });

  it('excuses what cannot be tested, but never a fault of ours', () => {
    const message = '*';
    const untestable = exampleFailure({ verdict: 'untestable', kind: null });
    expect(codeOf(held(untestable, { verdict: 'untestable', message }))).toBe(0);
    expect(codeOf(held(exampleFailure({ verdict: 'error' }), { message }))).toBe(5);
  });
});

describe('an entry that nothing answers to', () => {
  const other = { id: 'qosst/challenge/other' };
  const gone = { id: 'qosst/challenge/gone' };

  it('fails a whole run', () => {
    const report = held(exampleResult(), other);
    expect(report.exit).toEqual({ exitCode: 1, because: 'unused: 1 known failure' });
    expect(report.gate?.unused).toEqual([{ ...other, why: 'the run had no such case' }]);
  });

  it('fails a run to which its case does not apply', () => {
    const report = held(exampleResult({ verdict: 'notApplicable', explanation: 'no TLS' }));
    expect(report.gate?.unused).toEqual([{ id: entry.id, why: 'no TLS' }]);
    expect(codeOf({ ...report, exit: report.exit })).toBe(1);
  });

  it.each<readonly [part: string, scope: Partial<Scope>]>([
    ['a selection', { every: false }],
    ['a part', { shard: { index: 1, of: 2, places: [0] } }],
    ['a run that a limit ended', { stopped: { exitCode: null, because: 'stopped' } }],
  ])('says nothing of %s, but where there is no such case', (_, scope) => {
    expect(held(exampleResult(), other, scope).gate?.entries).toBe(0);
    expect(held(exampleResult(), gone, scope).gate?.unused).toEqual([
      { ...gone, why: 'there is no such case' },
    ]);
  });

  it('is for campaigns where it is a finding, and for suites where it is a case', () => {
    const finding = { id: 'qosst/fuzz/qosst-alice-1' };
    const fuzz = { messages: 1, messagesPerSecond: 1, sessions: 1, triples: 1, restarts: 0 };
    expect(held(exampleResult(), finding).gate?.entries).toBe(0);
    const campaign = { ...exampleReport([]), scope: whole, fuzz: { ...fuzz, findings: [] } };
    const list = { schema: 'qkdspec-baseline/1', protocol: 'qosst', side: 'alice' } as const;
    const told = (failures: KnownFailure[]) =>
      gated(campaign, {
        list: { ...list, failures },
        file: 'known.yaml',
        today: '2026-01-01',
        exists: () => true,
      }).gate;
    expect(told([entry])?.entries).toBe(0);
    expect(told([{ ...entry, ...finding }])?.unused).toEqual([
      { ...finding, why: 'it was not found again' },
    ]);
    expect(told([{ ...entry, ...finding, verdict: 'flaky' }])?.unused).toEqual([]);
  });
});

describe('a run that was stopped', () => {
  it.each([
    [{ exitCode: 130, because: 'interrupted' }, failure, 130],
    [{ exitCode: 5, because: 'broke' }, failure, 5],
    [{ exitCode: 3, because: 'gone' }, failure, 3],
    [{ exitCode: 3, because: 'gone' }, exampleFailure({ actual: 'news' }), 1],
    [{ exitCode: null, because: 'stopped after 25' }, failure, 4],
  ] as const)('by %j ends with what is worse', (stopped, result, exitCode) => {
    expect(codeOf(held(result, {}, { stopped }))).toBe(exitCode);
  });
});

describe('a message pattern', () => {
  it.each([
    ['a (answer): b', 'a (answer): b', true],
    ['a (answer): b', 'a (answer): bc', false],
    ['*', 'anything', true],
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['ab*bc', 'abc', false],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'a1c2b', false],
    ['a\\*c', 'abc', false],
    ['a\\*c', 'a*c', true],
    ['(.+)', 'x', false],
  ])('%j says %j: %j', (pattern, message, expected) => {
    expect(says(pattern, message)).toBe(expected);
  });

  it.each([
    ['silence for 1003 ms', 'silence for 998.5 ms'],
    ['it rose from 81.5 to 213.75 MiB', 'it rose from 80 to 190 MiB'],
    ['id 0b7a3c9e-4a0f-4a55-9d7e-1c2b3a4d5e6f', 'id 71c2a3c9-0000-4a55-9d7e-1c2b3a4d5e6f'],
    ['32 bytes (SHA-256 de99d9cfd50c…)', '32 bytes (SHA-256 0123456789ab…)'],
    ['a * and 4000000001 of our time', 'a * and 4000000002 of our time'],
  ])('is made so that another run fits it: %s', (actual, otherwise) => {
    const pattern = patternOf(exampleFailure({ actual }));
    expect(says(pattern, messageOf(exampleFailure({ actual })))).toBe(true);
    expect(says(pattern, messageOf(exampleFailure({ actual: otherwise })))).toBe(true);
    expect(says(pattern, messageOf(exampleFailure({ actual: `!${actual}` })))).toBe(false);
  });

  it('keeps codes and lengths, which say what is wrong', () => {
    const actual = 'IDENTIFICATION_RESPONSE (101): 16 bytes too many';
    expect(patternOf(exampleFailure({ actual }))).toContain(actual);
  });
});

describe('the version of a case', () => {
  const { versionRefused, disconnectionAcknowledged } = requirements;
  const one: Case = { id: 'a', title: 'A', covers: [versionRefused], against: 'alice', from: 'x' };
  const version = caseVersion(one);

  it('is the same whatever the case is called', () => {
    expect(version).toMatch(/^v[0-9a-f]{8}$/);
    expect(caseVersion({ ...one, title: 'B' })).toBe(version);
  });

  it.each<readonly [what: string, change: Partial<Case>]>([
    ['requirement', { covers: [disconnectionAcknowledged] }],
    ['level', { covers: [{ ...versionRefused, level: 'SHOULD' }] }],
    ['words', { covers: [{ ...versionRefused, text: 'Alice may do as she likes.' }] }],
    ['expectation', { expect: { check: () => null, text: 'the end of the connection' } }],
    ['place', { from: 'y' }],
  ])('is another one with another %s', (_, change) => {
    expect(caseVersion({ ...one, ...change })).not.toBe(version);
  });
});

describe('an update', () => {
  const list = { schema: 'qkdspec-baseline/1', protocol: 'qosst', side: 'alice' } as const;
  const renewal = { reason: 'new', expires: '2027-01-01', renews: false, today: '2026-12-01' };
  const run = (results: readonly Result[]) => ({ ...exampleReport(results), scope: whole });

  it('adds what is new, sorted, drops what passes, and keeps findings', () => {
    const finding = { ...entry, id: 'qosst/fuzz/x' };
    const passing = { ...entry, id: 'qosst/a/passing' };
    const results = [
      failure,
      exampleFailure({ id: 'qosst/a/b' }),
      exampleResult({ id: passing.id }),
    ];
    const {
      list: after,
      added,
      dropped,
    } = updated({ ...list, failures: [finding, passing] }, run(results), renewal);
    expect(after.failures.map(({ id }) => id)).toEqual([
      'qosst/a/b',
      'qosst/challenge/stale',
      'qosst/fuzz/x',
    ]);
    expect(added).toEqual(['qosst/challenge/stale', 'qosst/a/b']);
    expect(dropped).toEqual(['qosst/a/passing']);
    expect(after.failures[0]).toMatchObject({ reason: 'new', expires: '2027-01-01' });
  });

  it('takes up nothing new without a reason', () => {
    const { list: after, refused } = updated({ ...list, failures: [] }, run([failure]), {
      ...renewal,
      reason: null,
    });
    expect([after.failures, refused]).toEqual([[], [failure.id]]);
  });

  it('rewrites what says otherwise, and keeps reason, date and a pattern that still holds', () => {
    const wide = { ...entry, message: 'qosst/unauthenticAnswered*' };
    const once = (known: KnownFailure, result: Result) =>
      updated({ ...list, failures: [known] }, run([result]), renewal).list.failures[0];
    expect(once(wide, failure)).toEqual(wide);
    expect(once(entry, exampleFailure({ actual: 'alice.error' }))).toEqual({
      ...entry,
      message: 'qosst/unauthenticAnswered (answer): alice.error',
    });
  });

  it('renews what has expired only where it is told until when', () => {
    const once = (renews: boolean) =>
      updated({ ...list, failures: [entry] }, run([failure]), { ...renewal, renews }).list;
    expect(once(false).failures[0]?.expires).toBe('2026-06-30');
    expect(once(true).failures[0]?.expires).toBe('2027-01-01');
  });
});
