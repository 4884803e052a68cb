import { describe, expect, it } from 'vitest';
import { junitReport } from '#src/report/junit.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

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
    ['warn', '<system-out>warn: '],
    ['reading', '<system-out>reading: '],
  ] as const)('tells %s as %s', (verdict, element) => {
    const text = junitReport(exampleReport([exampleFailure({ verdict })]));
    expect(text.match(/<(failure|error|skipped|system-out)\b/g)).toHaveLength(1);
    expect(text).toContain(element);
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
    expect(text).toMatch(/<testsuites [^>]*errors="1"/);
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
});
