import { describe, expect, it } from 'vitest';
import { summaryLines } from '#src/report/summary.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const screen = { columns: 80, colour: false, files: ['reports/x/report.json'] };

describe('the last screen', () => {
  it('says everything that matters about a run', () => {
    const report = exampleReport(
      [
        exampleResult(),
        exampleResult({ verdict: 'reading', reading: ['overLimit=closed'] }),
        exampleFailure(),
      ],
      { exitCode: 1, because: '1 cases failed' },
    );
    expect(summaryLines(report, screen).join('\n')).toMatchInlineSnapshot(`
      "3 cases: 1 pass, 1 reading, 1 fail
      coverage: 3/5 states, 7/30 transitions, 1/2 requirements
      not passed: qosst/challenge/stale
      read otherwise: overLimit=closed
      target reference:qosst/alice, side alice, seed 42, 1.2 s
      reports: reports/x/report.json
      exit 1: 1 cases failed"
    `);
  });

  it('has at most 12 lines, whatever happened', () => {
    const results = Array.from({ length: 400 }, (_, index) =>
      exampleFailure({
        id: `qosst/case/${index}`,
        requirements: [`qosst/requirement${index}`],
        reading: [`ambiguity${index}=other`],
      }),
    );
    const files = Array.from({ length: 20 }, (_, index) => `reports/${index}.json`);
    expect(summaryLines(exampleReport(results), { ...screen, files }).length).toBeLessThanOrEqual(
      12,
    );
  });

  it('says that nothing was run', () => {
    const exit = { exitCode: 3, because: 'no answer' } as const;
    const [first] = summaryLines(exampleReport([], exit), screen);
    expect(first).toBe('0 cases: none was run');
  });
});
