import { describe, expect, it } from 'vitest';
import type { FoundResult, FuzzReport, Report, Result } from '#src/contract/report.ts';
import { compare } from '#src/report/compare/comparison.ts';
import { comparisonMarkdown } from '#src/report/compare/comparison-markdown.ts';
import { comparisonLines } from '#src/report/compare/comparison-text.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const run = (...results: readonly Result[]) => exampleReport(results);
const screen = { columns: 100, colour: false };

describe('a case of two runs', () => {
  it.each([
    ['pass', 'fail', 'worse'],
    ['reading', 'warn', 'worse'],
    ['warn', 'flaky', 'worse'],
    ['flaky', 'fail', 'worse'],
    ['notApplicable', 'fail', 'worse'],
    ['pass', 'untestable', 'worse'],
    ['pass', 'error', 'worse'],
    ['fail', 'pass', 'better'],
    ['fail', 'flaky', 'better'],
    ['warn', 'reading', 'better'],
    ['pass', 'reading', 'other'],
    ['pass', 'notApplicable', 'other'],
    ['fail', 'notApplicable', 'other'],
    ['error', 'pass', 'other'],
  ] as const)('that goes from %s to %s is told under %s', (before, after, group) => {
    const told = compare(
      run(exampleFailure({ verdict: before })),
      run(exampleFailure({ verdict: after })),
    );
    const groups = { worse: told.worse, better: told.better, other: told.other };
    expect(groups[group]).toMatchObject([{ before, after }]);
    expect(Object.values(groups).flat()).toHaveLength(1);
    expect(told.isWorse).toBe(group === 'worse');
  });

  it('that stays as it was is only counted', () => {
    const told = compare(
      run(exampleFailure()),
      run(exampleFailure({ durationMs: 9, messages: 1 })),
    );
    expect(told).toMatchObject({ same: 1, worse: [], better: [], other: [], isWorse: false });
  });

  it('that fails otherwise is told with both ways', () => {
    const after = exampleFailure({ kind: 'silence', requirements: ['qosst/other'] });
    expect(compare(run(exampleFailure()), run(after)).other[0]?.detail).toBe(
      'was answer qosst/unauthenticAnswered, now silence qosst/other',
    );
  });

  it('that is read otherwise is told', () => {
    const readings = ['malformedAnswer=answered', 'malformedAnswer=closed'];
    const [one, two] = readings.map((name) =>
      exampleResult({ verdict: 'reading', reading: [name] }),
    );
    if (one === undefined || two === undefined) throw new Error('two results');
    expect(compare(run(one), run(two)).other[0]?.detail).toBe(
      'was malformedAnswer=answered, now malformedAnswer=closed',
    );
  });

  it('that only one run has is no change, and only a red new one makes it worse', () => {
    const other = exampleFailure({ id: 'qosst/a/b' });
    const gone = compare(run(exampleResult(), other), run(exampleResult()));
    expect(gone).toMatchObject({ gone: [{ id: 'qosst/a/b' }], added: [], isWorse: false });
    const added = compare(run(exampleResult()), run(exampleResult(), other));
    expect(added).toMatchObject({ gone: [], added: [{ id: 'qosst/a/b' }], isWorse: true });
    const fine = exampleResult({ id: 'qosst/a/c' });
    expect(compare(run(), run(fine)).isWorse).toBe(false);
  });
});

describe('two runs that are not alike', () => {
  const differences = (before: Partial<Report>, after: Partial<Report>) =>
    compare({ ...run(), ...before }, { ...run(), ...after }).differences;
  const target = { url: 'qosst://192.0.2.7:8181', side: 'bob', protocol: 'qosst' };

  it.each<[string, Partial<Report>]>([
    ['another side: alice, then bob', { target }],
    ['another target: reference:qosst/alice, then qosst://192.0.2.7:8181', { target }],
    ['another seed: 42, then 7', { seed: 7 }],
    ['another qkdspec: 0.1.0, then 0.2.0', { tool: { ...run().tool, version: '0.2.0' } }],
    ['other readings: null, then {"a":"b"}', { profile: { readings: { a: 'b' } } }],
    [
      'the second run did not come to its end: the target is gone',
      { exit: { exitCode: 3, because: 'the target is gone' } },
    ],
  ])('say: %s', (sentence, after) => expect(differences({}, after)).toContain(sentence));

  it('say nothing where they are', () => expect(differences({}, {})).toEqual([]));

  it('name a case whose demands have changed', () => {
    const results = [exampleResult({ version: 'v99999999' })];
    expect(differences({ results: [exampleResult()] }, { results })).toEqual([
      '1 case itself changed, qosst/challenge/stale the first: their verdicts say less',
    ]);
  });
});

describe('two campaigns', () => {
  const found = (id: string): FoundResult => ({
    id,
    requirement: 'qosst/headerMembers',
    citation: 'a, b',
    kind: 'crash',
    explanation: 'it fell',
    expected: ['any answer'],
    actual: 'reset',
    messagesToDetection: 5,
    times: 2,
    minimalMessages: 1,
    seed: 3,
    trace: null,
    replay: `qkdspec replay ${id}`,
  });
  const campaign = (...ids: readonly string[]): Report => {
    const counts = { messages: 9, messagesPerSecond: 1, sessions: 1, triples: 1, restarts: 0 };
    const fuzz: FuzzReport = { ...counts, findings: ids.map(found) };
    return { ...run(exampleFailure({ id: `qosst/fuzz/${ids[0]}` })), fuzz };
  };

  it('are compared by their findings', () => {
    const told = compare(campaign('one', 'two'), campaign('two', 'three'));
    expect(told.findings.added.map(({ id }) => id)).toEqual(['three']);
    expect(told.findings.gone.map(({ id }) => id)).toEqual(['one']);
    expect(told).toMatchObject({ added: [], gone: [], isWorse: true });
    expect(compare(campaign('one', 'two'), campaign('two')).isWorse).toBe(false);
  });
});

describe('a comparison', () => {
  const before = run(exampleResult(), exampleFailure({ id: 'qosst/a/mended' }));
  const after = {
    ...run(exampleFailure(), exampleResult({ id: 'qosst/a/mended' })),
    coverage: { ...before.coverage, states: { hit: 2, total: 5 } },
  };
  const comparison = compare(before, after);

  it('shows what got worse first, with the command that shows it', () => {
    const text = comparisonLines(comparison, screen).join('\n');
    expect(text).toMatchInlineSnapshot(`
      "worse (1)
        pass -> fail qosst/challenge/stale: Alice refuses a frame that echoes a stale challenge (answer
        qosst/unauthenticAnswered)
          replay qkdspec test qosst/challenge/stale --target reference:qosst/alice --seed 42

      better (1)
        fail -> pass qosst/a/mended: Alice refuses a frame that echoes a stale challenge (was answer
        qosst/unauthenticAnswered)

      coverage: states 3 -> 2 of 5, transitions 7 of 30, requirements 1 of 2
      1 worse, 1 better, 0 otherwise, 0 new, 0 gone, 0 the same"
    `);
  });

  it('is Markdown, too', () => {
    const text = comparisonMarkdown(comparison);
    expect(text).toContain('## qkdspec: 1 worse, 1 better, 0 the same');
    expect(text).toContain(
      '| `qosst/challenge/stale` | pass | fail | answer qosst/unauthenticAnswered |',
    );
    expect(text).toContain('| states | 3/5 | 2/5 |');
    expect(text).toContain(exampleFailure().replay);
  });

  it('of 10,000 cases stays short', () => {
    const many = (verdict: 'pass' | 'fail') =>
      run(
        ...Array.from({ length: 10_000 }, (_, at) => exampleFailure({ id: `q/a/${at}`, verdict })),
      );
    const all = compare(many('pass'), many('fail'));
    expect(all.worse).toHaveLength(10_000);
    expect(comparisonLines(all, screen).length).toBeLessThan(100);
    expect(comparisonMarkdown(all).length).toBeLessThan(100_000);
  });
});
