import { describe, expect, it } from 'vitest';
import { junitReport } from '#src/report/junit.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';
import { junitProblems } from './junit-shape.ts';

describe('JUnit XML', () => {
  it('names a test case by its stable id, not by its title', () => {
    expect(junitReport(exampleReport([exampleResult()]))).toContain(
      '<testcase name="stale" classname="qosst.challenge" time="0.013"></testcase>',
    );
  });

  it.each([
    ['fail', '<failure type="fail"'],
    ['flaky', '<failure type="flaky"'],
    ['untestable', '<failure type="untestable"'],
    ['error', '<error type="error"'],
    ['notApplicable', '<skipped message='],
  ] as const)('tells %s as %s', (verdict, element) => {
    const text = junitReport(exampleReport([exampleFailure({ verdict })]));
    expect(text.match(/<(failure|error|skipped)\b/g)).toHaveLength(1);
    expect(text).toContain(element);
    expect(text).toContain('<system-out></system-out>');
  });

  it.each(['warn', 'reading'] as const)('tells %s beside the test cases', (verdict) => {
    const text = junitReport(exampleReport([exampleFailure({ verdict })]));
    expect(text).not.toMatch(/<(failure|error|skipped)\b/);
    expect(text).toContain(`<system-out>${verdict} qosst/challenge/stale: `);
  });

  it('counts what it tells', () => {
    const verdicts = [
      'pass',
      'fail',
      'untestable',
      'error',
      'notApplicable',
      'notApplicable',
    ] as const;
    const text = junitReport(exampleReport(verdicts.map((verdict) => exampleFailure({ verdict }))));
    expect(text).toMatch(/<testsuite [^>]*tests="6" failures="2" errors="1" [^>]*skipped="2"/);
  });

  it('is red where the run was broken off', () => {
    const exit = { exitCode: 3, because: 'the target is gone' } as const;
    const text = junitReport(exampleReport([exampleResult()], exit));
    expect(text).toMatch(/<testsuite [^>]*tests="2" [^>]*errors="1"/);
    expect(text).toContain('<error type="exit 3" message="the target is gone"></error>');
    expect(text).toContain('<system-err>the target is gone</system-err>');
  });

  it('bears whatever a peer says', () => {
    const evil = `"<a href='x'>&]]>\u0000\u001b[31m\ud800\uffff\n`;
    const text = junitReport(exampleReport([exampleFailure({ actual: evil, explanation: evil })]));
    expect(text).toContain('&quot;&lt;a href=&#39;x&#39;&gt;&amp;]]&gt;\\u0000\\u001b[31m');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\uffff]/u);
  });

  it('has elements that are closed in the order in which they were opened', () => {
    const failure = exampleFailure({ title: '<b>', explanation: '</testcase>' });
    const text = junitReport(exampleReport([exampleResult(), failure]));
    const open: string[] = [];
    for (const [, close, name = ''] of text.matchAll(/<(\/?)([a-z-]+)[^>]*>/g)) {
      if (close === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it.each([
    'fail',
    'flaky',
    'untestable',
    'error',
    'notApplicable',
    'warn',
    'reading',
    'pass',
  ] as const)('has the shape that Jenkins and Ant take, with %s', (verdict) => {
    const notes = [{ requirement: 'qosst/a', citation: 'b', text: '<c> & "d"' }];
    const exit = { exitCode: 3, because: 'gone' } as const;
    const report = exampleReport([exampleFailure({ verdict, durationMs: 1234567 })], exit);
    expect(junitProblems(junitReport({ ...report, notes }))).toEqual([]);
  });

  it('tells known failures as skipped, and what is wrong with them as failures', () => {
    const known = { why: 'so', reason: 'ticket 42', expires: '2026-12-31' };
    const results = [
      exampleFailure({ known: { ...known, standing: 'expectedFail' } }),
      exampleFailure({ known: { ...known, standing: 'changed' } }),
      exampleResult({ known: { ...known, standing: 'unexpectedPass' } }),
    ];
    const unused = [{ id: 'qosst/gone', why: 'there is no such case' }];
    const gate = { file: 'known.yaml', entries: 4, unused, expired: ['qosst/gone', 'qosst/old'] };
    const text = junitReport({ ...exampleReport(results), gate });
    expect(text).toMatch(/<testsuite [^>]*tests="5" failures="4" errors="0" [^>]*skipped="1"/);
    expect(text).toContain(
      '<skipped type="fail" message="known fail, until 2026-12-31: ticket 42">',
    );
    expect(text).toContain('<failure type="unexpectedPass" message="so; ');
    expect(text.match(/classname="baseline"/g)).toHaveLength(2);
    expect(junitProblems(text)).toEqual([]);
  });

  it.each([
    [/ name="stale"/, '', 'testcase has no name'],
    [/ failures="\d+"/, '', 'testsuite has no failures'],
    [/<testcase /, '<testcase title="x" ', 'testcase has title'],
    [/<\/testsuite>/, '<skipped></skipped></testsuite>', 'skipped in testsuite'],
    [/time="[\d.]+"/, 'time="soon"', 'testsuite time soon'],
    [/<system-out>/, '<system-err></system-err><system-out>', 'system-out behind system-err'],
    [/<system-err>.*<\/system-err>/, '', 'no system-err'],
    [/<\/testcase>/, '<error type="x"/><error type="x"/></testcase>', 'error behind error'],
  ])('would be found not to have it: %s', (from, to, problem) => {
    const text = junitReport(exampleReport([exampleResult()])).replace(from, to);
    expect(junitProblems(text)).toContain(problem);
  });
});
