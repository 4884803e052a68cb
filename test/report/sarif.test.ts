import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Known, Report } from '#src/contract/report.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Sources } from '#src/report/format.ts';
import { sarifReport } from '#src/report/sarif.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const sources: Sources = {
  folder: 'reports/run',
  protocol: qosst,
  artifactsUrl: null,
  trace: () => null,
};

/** Says of SARIF what its JSON Schema (draft 4) has against it. */
const problemsOf = (() => {
  const file = new URL('fixtures/sarif-2.1.0.schema.json', import.meta.url);
  const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
  const uri = (text: string) => URL.canParse(text);
  const reference = (text: string) => URL.canParse(text, 'file:///a/b') && !/[\s\\]/.test(text);
  const formats = { 'date-time': when, uri, 'uri-reference': reference };
  const options = { strict: false, allErrors: true, unicodeRegExp: false, formats };
  const validate = new Ajv(options).compile(schema);
  return (log: unknown) => {
    validate(log);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
})();

const written = (report: Report): Log => JSON.parse(sarifReport(report, sources));
const runOf = (report: Report) => written(report).runs[0];
const resultsOf = (report: Report) => runOf(report)?.results ?? [];

const exit = { exitCode: 1, because: '1 case failed' } as const;
const everything = exampleReport(
  [
    exampleResult(),
    exampleFailure({ trace: 'traces/one two.trace.json' }),
    exampleFailure({ id: 'qosst/a/flaky', verdict: 'flaky', tries: { failed: 1, of: 3 } }),
    exampleFailure({ id: 'qosst/a/warn', verdict: 'warn', level: 'SHOULD' }),
    exampleFailure({ id: 'qosst/a/untestable', verdict: 'untestable', level: null }),
    exampleFailure({ id: 'qosst/a/bare', requirements: [], citations: [], actual: null }),
    exampleFailure({ id: 'qosst/a/unknown', requirements: ['other/unknown'] }),
  ],
  exit,
);

describe('SARIF', () => {
  it('is valid by its JSON Schema, with everything in it', () => {
    const profile = { file: 'lab/alice one.yaml' };
    expect(problemsOf(written({ ...everything, profile }))).toEqual([]);
    expect(problemsOf(written(exampleReport([])))).toEqual([]);
  });

  it('is measured by a schema that finds what is wrong', () => {
    const log = written(everything);
    expect(problemsOf({ ...log, version: '2.0.0' })).not.toEqual([]);
    const [run] = log.runs;
    const broken = { ...log, runs: [{ ...run, results: [{ kind: 'fail', level: 'loud' }] }] };
    expect(problemsOf(broken)).toContain("/runs/0/results/0 must have required property 'message'");
  });

  it.each([
    ['fail', 'MUST', 'fail', 'error'],
    ['fail', 'SHOULD', 'fail', 'warning'],
    ['flaky', 'MUST', 'fail', 'error'],
    ['warn', 'SHOULD', 'fail', 'warning'],
    ['warn', 'MAY', 'fail', 'note'],
    ['untestable', 'MUST', 'open', 'none'],
  ] as const)('tells %s of a %s as %s, %s', (verdict, level, kind, loudness) => {
    const [result] = resultsOf(exampleReport([exampleFailure({ verdict, level })]));
    expect(result).toMatchObject({ kind, level: loudness });
  });

  it.each(['pass', 'reading', 'notApplicable', 'error'] as const)(
    'has no result for %s: it would be taken for a problem of the target',
    (verdict) => expect(resultsOf(exampleReport([exampleFailure({ verdict })]))).toEqual([]),
  );

  it('has the requirement as rule, in the words of its document', () => {
    const run = runOf(everything);
    const rule = run?.tool.driver.rules?.find(({ id }) => id === 'qosst/unauthenticAnswered');
    expect(rule?.shortDescription?.text).toMatch(/^Alice answers a message whose digest/);
    expect(rule?.help?.text).toMatch(/MUST, .*section AUTHENTICATION_INVALID/);
    expect(rule?.defaultConfiguration).toEqual({ level: 'error' });
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      if (ruleIndex !== undefined) expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('says where: the trace, the profile, and the state of the protocol', () => {
    const id = 'qosst/challenge/wrong-late-in-a-frame';
    const failure = exampleFailure({ id, trace: 'traces/one two.trace.json' });
    const [result] = resultsOf({ ...exampleReport([failure]), profile: { file: 'lab.yaml' } });
    const [location] = result?.locations ?? [];
    expect(location?.physicalLocation?.artifactLocation?.uri).toBe(
      'reports/run/traces/one%20two.trace.json',
    );
    expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toBe(
      'qosst/alice/parameterEstimation.estimating',
    );
    expect(result?.relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('lab.yaml');
  });
});

describe('a file outside of the repository', () => {
  it.each([
    ['/tmp/a run?', 'file:///tmp/a%20run%3F/report.json'],
    ['C:\\runs', 'file:///C:/runs/report.json'],
  ])('in %s is named by its URL', (folder, uri) => {
    const log: Log = JSON.parse(sarifReport(everything, { ...sources, folder }));
    expect(problemsOf(log)).toEqual([]);
    const { physicalLocation } = log.runs[0]?.results?.[1]?.locations?.[0] ?? {};
    expect(physicalLocation?.artifactLocation).toEqual({ uri });
  });
});

describe('the fingerprint of a result', () => {
  const printOf = (changes: Parameters<typeof exampleFailure>[0], report: Partial<Report> = {}) => {
    const [result] = resultsOf({ ...exampleReport([exampleFailure(changes)]), ...report });
    return result?.partialFingerprints?.['primaryLocationLineHash'];
  };

  it('is the same in every run, wherever and whenever it was made', () => {
    const first = printOf({});
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    const later = { seed: 7, startedAt: '2027-01-01T00:00:00.000Z', durationMs: 1 };
    const otherwise = { actual: 'QIE', explanation: 'x', durationMs: 3, trace: 'a', title: 'b' };
    expect(printOf(otherwise, later)).toBe(first);
  });

  it.each([
    ['case', { id: 'qosst/challenge/other' }],
    ['requirement', { requirements: ['qosst/headerMembers'] }],
    ['kind', { kind: 'silence' }],
  ] as const)('is another one for another %s', (_, changes) => {
    expect(printOf(changes)).not.toBe(printOf({}));
  });
});

describe('what is known to fail', () => {
  const knownAs = (standing: Known['standing']): Known => ({
    standing,
    why: null,
    reason: 'vendor ticket 12',
    expires: '2027-01-31',
  });

  it('is suppressed, with its reason', () => {
    const [result] = resultsOf(exampleReport([exampleFailure({ known: knownAs('expectedFail') })]));
    expect(result?.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'vendor ticket 12 (until 2027-01-31)',
      },
    ]);
  });

  it('is not suppressed any more where it has expired', () => {
    const [result] = resultsOf(exampleReport([exampleFailure({ known: knownAs('expired') })]));
    expect(result).not.toHaveProperty('suppressions');
  });

  it('is told where it passes, and where the list names what is not there', () => {
    const better = exampleResult({ known: { ...knownAs('unexpectedPass'), why: 'it passes' } });
    const unused = [{ id: 'qosst/a/gone', why: 'there is no such case' }];
    const gate = { file: 'known.yaml', entries: 2, unused, expired: [] };
    const [invocation] = runOf({ ...exampleReport([better]), gate })?.invocations ?? [];
    const told = invocation?.toolExecutionNotifications?.map(({ message }) => message.text);
    expect(told).toEqual([
      'PASSES qosst/challenge/stale: it passes (vendor ticket 12)',
      'UNUSED qosst/a/gone: there is no such case',
    ]);
  });
});

describe('the invocation', () => {
  it.each([
    [0, true],
    [1, true],
    [4, true],
    [3, false],
    [5, false],
    [130, false],
  ] as const)('with exit code %i was successful: %s', (exitCode, successful) => {
    const report = exampleReport([], { exitCode, because: 'thus it ended' });
    const [invocation] = runOf(report)?.invocations ?? [];
    expect(invocation).toMatchObject({ exitCode, executionSuccessful: successful });
    expect(invocation?.toolExecutionNotifications).toHaveLength(successful ? 0 : 1);
  });
});

describe('a run with more than GitHub takes', () => {
  const rows = Array.from({ length: 25_100 }, (_, at) =>
    exampleFailure({
      id: `qosst/a/${at}`,
      level: at < 25_050 ? 'MAY' : 'MUST',
      explanation: 'long '.repeat(1000),
    }),
  );

  it('keeps the worst 25,000, and says how many it left out', () => {
    const run = runOf(exampleReport(rows.map((row) => ({ ...row, explanation: null }))));
    expect(run?.results).toHaveLength(25_000);
    expect(run?.results?.filter(({ level }) => level === 'error')).toHaveLength(50);
    const [told] = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(told?.message.text).toBe('100 more results are in report.json alone');
  });

  it('cuts messages', () => {
    const [result] = resultsOf(exampleReport(rows.slice(0, 1)));
    expect(result?.message.text?.length).toBe(2000);
  });
});
