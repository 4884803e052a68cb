import { describe, expect, it } from 'vitest';
import { overviewPage } from '#src/report/html/overview.ts';
import { exampleFailure, exampleReport, exampleResult } from '../example.ts';

describe('the overview of several runs', () => {
  const exit = { exitCode: 1, because: '1 <case> failed' } as const;
  const report = exampleReport([exampleResult(), exampleFailure()], exit);
  const text = overviewPage(
    'All "runs"',
    [{ report, href: 'start one/report.html' }],
    [{ title: 'One & all', href: 'start-session/session.html' }],
  );

  it('leads to the page of each, with what came of it', () => {
    expect(text).toContain(
      '<a href="start%20one/report.html">qosst alice: reference:qosst/alice</a>',
    );
    expect(text).toContain('<td>1 pass, 1 fail</td><td>3 of 5</td><td>7 of 30</td><td>1 of 2</td>');
  });

  it('holds nothing that a run could have smuggled in', () => {
    expect(text).toContain('<td>exit 1: 1 &lt;case&gt; failed</td>');
    expect(text).toContain('<h1>All &quot;runs&quot;</h1>');
  });

  it('leads to the pages of sessions', () => {
    expect(text).toContain('<a href="start-session/session.html">One &amp; all</a>');
  });
});
