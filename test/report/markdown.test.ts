import { describe, expect, it } from 'vitest';
import type { Report } from '#src/contract/report.ts';
import type { Sources } from '#src/report/format.ts';
import { markdownReport } from '#src/report/markdown.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const sources: Sources = {
  folder: 'reports/run',
  protocol: null,
  artifactsUrl: null,
  trace: () => null,
};
const drawn = (report: Report, changes: Partial<Sources> = {}) =>
  markdownReport(report, { ...sources, ...changes });

/** Cells of a row, as GitHub splits them. */
const cells = (row: string) => row.split(/(?<!\\)\|/).slice(1, -1);

describe('the summary of a job', () => {
  const exit = { exitCode: 1, because: '1 case failed' } as const;
  const text = drawn(exampleReport([exampleResult(), exampleFailure()], exit));

  it('says how it ended, of what, and what was covered', () => {
    expect(text).toMatch(/^## qkdspec: `qosst` `alice`, exit 1\n\n\*\*1 case failed\*\*\n/);
    expect(text).toContain('| cases | pass | fail |\n| --- | --- | --- |\n| 2 | 1 | 1 |');
    expect(text).toContain('Coverage: 3/5 states, 7/30 transitions, 1/2 requirements');
  });

  it('has a row for each failure, and the command that shows it', () => {
    expect(text).toContain(
      '| fail | `qosst/challenge/stale` | `qosst/unauthenticAnswered` |' +
        ' alice.authenticationInvalid or the end of the connection | alice.qieReady |',
    );
    expect(text).toContain(`~~~~sh\n${exampleFailure().replay}\n~~~~`);
  });

  it('has no table of failures where there are none', () => {
    expect(drawn(exampleReport([exampleResult()]))).not.toMatch(/Not passed|~~~~/);
  });

  it('leads to the artifacts where a job keeps them', () => {
    const artifactsUrl = 'https://github.example/o/r/actions/runs/7#artifacts';
    expect(drawn(exampleReport([]), { artifactsUrl })).toContain(`](${artifactsUrl})`);
    expect(text).not.toContain('](');
  });

  it('tells what is known to fail apart from what is not', () => {
    const expected = { why: null, reason: 'ticket', expires: '2027-01-31' };
    const known = exampleFailure({
      id: 'qosst/a/known',
      known: { ...expected, standing: 'expectedFail' },
    });
    const gate = {
      file: 'known.yaml',
      entries: 2,
      unused: [{ id: 'q/a/b', why: 'gone' }],
      expired: [],
    };
    const told = drawn({ ...exampleReport([known, exampleFailure()]), gate });
    expect(told).toContain('### Not passed (1)');
    expect(told).not.toContain('qosst/a/known');
    expect(told).toContain('known.yaml, 2 known failures: 1 as known, 1 unused');
    expect(told).toContain('- **UNUSED** `q/a/b`: gone');
  });

  it('tells of a campaign', () => {
    const fuzz = {
      messages: 1000,
      messagesPerSecond: 50,
      sessions: 9,
      triples: 3,
      restarts: 1,
      findings: [],
    };
    expect(drawn({ ...exampleReport([]), fuzz })).toContain(
      '0 findings in 1000 messages (50/s), 9 sessions, 1 restart',
    );
  });
});

describe('what a peer said', () => {
  const evil =
    'a|b `c` <img src=x> **d** [e](http://f.example) _g_ ~~h~~ \\ @i # \u0000\n| j | &lt;';
  const text = drawn(exampleReport([exampleFailure({ actual: evil, id: 'qosst/|<b>/`x`' })]));
  const row = text.split('\n').find((line) => line.startsWith('| fail')) ?? '';

  it('stays within its cell', () => expect(cells(row)).toHaveLength(5));

  it('means nothing to Markdown or HTML', () => {
    const said = row
      .replace(/\\[\\`*[\]|~#>_]|&#\d+;/g, '')
      .replaceAll('<code>', '')
      .replaceAll('</code>', '');
    expect(said).not.toMatch(/[<*[\]~\\#@]|(?<!\w)_|:\/\//);
    expect(said.match(/`/g)).toHaveLength(2);
    expect(row).toContain('&amp;lt;');
    expect(row).toContain('\\\\u0000');
  });

  it('is cut where it is long', () => {
    const long = drawn(exampleReport([exampleFailure({ actual: '😀'.repeat(5000) })]));
    expect(long.length).toBeLessThan(2000);
    expect(long.isWellFormed()).toBe(true);
  });
});

describe('a run of 10,000 failures', () => {
  const bulk = '|'.repeat(300);
  const rows = Array.from({ length: 10_000 }, (_, at) =>
    exampleFailure({
      id: `qosst/a/${at}${bulk}`,
      actual: bulk,
      expected: [{ outcome: bulk, why: '' }],
      replay: 'x'.repeat(1000),
      reading: [`key${at}=value`],
    }),
  );
  const text = drawn(exampleReport(rows));

  it('shows 100 of them, and says so', () => {
    expect(text.match(/^\| fail/gm)).toHaveLength(100);
    expect(text).toContain('and 9900 more, in report.json');
  });

  it('is smaller than GitHub allows a step, however wide each text is', () => {
    const wide = '&'.repeat(999);
    const widest = rows.map((row, at) => ({
      ...row,
      id: wide,
      actual: wide,
      requirements: [wide],
      expected: [{ outcome: wide, why: '' }],
      reading: [`${at}${wide}`],
      replay: '\u{1f600}'.repeat(500),
    }));
    const note = { requirement: wide, citation: '', text: wide };
    const unused = rows.map(() => ({ id: wide, why: wide }));
    const report = {
      ...exampleReport(widest, { exitCode: 1, because: wide }),
      notes: rows.map(() => note),
      gate: { file: wide, entries: 1, unused, expired: [] },
    };
    expect(Buffer.byteLength(drawn(report))).toBeLessThan(2 ** 20);
    expect(Buffer.byteLength(drawn(report))).toBeGreaterThan(2 ** 19);
  });
});
