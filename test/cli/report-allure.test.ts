import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '#src/cli/folder.ts';
import { jsonReport } from '#src/report/json.ts';
import { exampleFailure, exampleReport, exampleResult } from '../report/example.ts';
import { launch } from './launch.ts';

const script = fileURLToPath(new URL('../../src/cli/report-allure.ts', import.meta.url));
const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-allure-'));
const reports = join(cwd, 'reports');
const withoutJava = { PATH: cwd, JAVA_HOME: '' };
const hasJava = spawnSync('java', ['-version']).status === 0;

beforeEach(() => {
  rmSync(reports, { recursive: true, force: true });
  makeFolder(join(reports, 'run'));
  const report = exampleReport([exampleResult(), exampleFailure({ id: 'qosst/a/b' })]);
  writeFileSync(join(reports, 'run/report.json'), jsonReport(report));
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe('npm run report:allure', () => {
  it('says in one line that there is no Java, and fails nothing', async () => {
    const ended = await launch([], { cwd, script, env: withoutJava });
    expect(ended).toMatchObject({ exitCode: 0, stdout: '' });
    expect(ended.stderr).toMatch(/^no Allure report: it needs Java .*\n$/);
    expect(readdirSync(reports)).toEqual(['run']);
  });

  it.skipIf(!hasJava)('says how to have something to report, exit 2', async () => {
    rmSync(join(reports, 'run'), { recursive: true });
    const ended = await launch([], { cwd, script });
    expect(ended).toMatchObject({ exitCode: 2 });
    expect(ended.stderr).toMatch(/^nothing to report: run npm start, or ALLURE_RESULTS=/);
  });

  it.skipIf(!hasJava)('makes one report of stored runs, calling nobody', async () => {
    makeFolder(join(reports, 'odd'));
    writeFileSync(join(reports, 'odd/report.json'), '{}');
    const env = { ALLURE_NO_ANALYTICS: 'false' };
    const ended = await launch([], { cwd, script, env });
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toMatch(/^left out: reports\/odd\/report.json is no report of qkdspec/);
    const cases = readdirSync(join(reports, 'allure/data/test-cases'));
    expect(cases).toHaveLength(2);
    const page = readFileSync(join(reports, 'allure/index.html'), 'utf8');
    expect(page).not.toMatch(/(?:src|href)=["']?https?:|gtag|googletagmanager/);
  });
});
