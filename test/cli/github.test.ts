import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '#src/contract/report.ts';
import type { Gating } from '#src/cli/gating.ts';
import { tellGithub } from '#src/cli/github.ts';
import { exampleFailure, exampleReport, exampleResult } from '../report/example.ts';

const folder = mkdtempSync(join(tmpdir(), 'qkdspec-github-'));
const summary = join(folder, 'summary.md');
afterAll(() => rmSync(folder, { recursive: true }));

const gating: Gating = {
  list: { schema: 'qkdspec-baseline/1', protocol: 'qosst', side: 'alice', failures: [] },
  file: 'known.yaml',
  today: '2026-01-01',
  exists: () => true,
  lineOf: () => 7,
};

async function told(report: Report, env: Readonly<Record<string, string>>) {
  let out = '';
  let err = '';
  const write = (text: string) => void (out += text);
  await tellGithub({ report, folder, gating, write, err: (text) => void (err += text), env });
  return { lines: out.split('\n').slice(0, -1), err };
}

const actions = { GITHUB_ACTIONS: 'true' };
const known = { why: null, reason: 'ticket 42', expires: '2026-12-31' };

describe('annotations', () => {
  it('are written where GitHub reads them, and nowhere else', async () => {
    const report = exampleReport([exampleFailure()]);
    expect((await told(report, {})).lines).toEqual([]);
    const { lines } = await told(report, actions);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error title=FAIL qosst\/challenge\/stale::After .*%0Areplay: /);
  });

  it('tell failures as errors, warnings as warnings, known failures as notices', async () => {
    const results = [
      exampleFailure(),
      exampleFailure({ verdict: 'warn' }),
      exampleFailure({ known: { standing: 'expectedFail', ...known } }),
      exampleResult(),
    ];
    const { lines } = await told(exampleReport(results), actions);
    expect(lines.map((line) => /^::(\w+) title=(\w+)/.exec(line)?.slice(1))).toEqual([
      ['error', 'FAIL'],
      ['warning', 'WARN'],
      ['notice', 'KNOWN'],
    ]);
  });

  it('name the line of an entry that is not as it should be', async () => {
    const gate = {
      file: 'known.yaml',
      entries: 1,
      expired: [],
      unused: [{ id: 'a/b', why: 'no' }],
    };
    const { lines } = await told({ ...exampleReport([exampleResult()]), gate }, actions);
    expect(lines).toEqual(['::error file=known.yaml,line=7,title=UNUSED a/b::no']);
  });

  it('are ten at most, the last one saying how many more there are', async () => {
    const { lines } = await told(
      exampleReport(Array.from({ length: 25 }, () => exampleFailure())),
      actions,
    );
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::error::and 16 more: see the report');
  });

  it('are one line each, whatever a peer says', async () => {
    const evil = 'a\n::error::b\r%0A\u001b[31m';
    const result = exampleFailure({ id: 'qosst/a:b,c', explanation: evil });
    const { lines } = await told(exampleReport([result]), actions);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('title=FAIL qosst/a%3Ab%2Cc::');
    expect(lines[0]).not.toContain('\u001b');
    expect(lines[0]).toContain('%250A');
  });
});

describe('the job summary', () => {
  it('is added where the environment says', async () => {
    const env = { GITHUB_STEP_SUMMARY: summary };
    const { lines } = await told(exampleReport([exampleFailure()]), env);
    await told(exampleReport([exampleResult()]), env);
    expect(lines).toEqual([]);
    const text = readFileSync(summary, 'utf8');
    expect(text).toContain('qosst/challenge/stale');
    expect(text.match(/^## /gm)).toHaveLength(2);
  });

  it('that cannot be written is told, and nothing else comes of it', async () => {
    const { err } = await told(exampleReport([]), { GITHUB_STEP_SUMMARY: folder });
    expect(err).toMatch(/^qkdspec: cannot write the job summary .*: EISDIR\n$/);
  });
});
