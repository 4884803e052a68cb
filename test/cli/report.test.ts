import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reporterHelp } from '#src/cli/flags.ts';
import { formats } from '#src/cli/formats.ts';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-report-'));
const good = join(cwd, 'good');
const bad = join(cwd, 'bad');
afterAll(() => rmSync(cwd, { recursive: true }));

async function ran(...args: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(args, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

const some = ['test', 'qosst/digest/*', '--retries', '0', '--no-progress'];
beforeAll(async () => {
  const target = 'reference:qosst?mutant=alice-ignores-digest';
  expect(await ran(...some, '--out', good)).toMatchObject({ exitCode: 0 });
  expect(await ran(...some, '--out', bad, '--target', target)).toMatchObject({ exitCode: 1 });
});

describe('a stored run', () => {
  it('is shown as it was when it ended, exit 0', async () => {
    const { exitCode, stdout } = await ran('report', bad);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^FAIL qosst\/digest\/.*\n {2}requirement MUST Alice answers/);
    expect(stdout.trimEnd()).toMatch(/exit 1: \d+ cases failed$/);
  });

  it('is named by its folder or by its report', async () => {
    const [folder, file] = [
      await ran('report', bad),
      await ran('report', join(bad, 'report.json')),
    ];
    expect(file.stdout).toBe(folder.stdout);
  });

  it.each(Object.entries(formats))('is drawn as %s, beside its report', async (name, format) => {
    const { exitCode, stdout } = await ran('report', bad, '--reporter', name);
    const path = join(bad, format.path);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${path}\n` });
    expect(statSync(path).isDirectory()).toBe(format.kind === 'folder');
  });

  it('goes to stdout, and nothing else does', async () => {
    const { stdout, stderr } = await ran('report', bad, '--json');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(bad, 'report.json'), 'utf8')));
    expect(stderr).toBe('');
  });

  it.each([
    [
      '{"schema":"qkdspec-report/2","tool":{"version":"9.1.0"}}',
      /is qkdspec-report\/2, written by qkdspec 9.1.0; this qkdspec reads qkdspec-report\/1/,
    ],
    ['{"schema":"qkdspec-trace/1"}', /is qkdspec-trace\/1; this qkdspec reads/],
    ['{"schema":"qkdspec-report/1","seed":-1}', /is no qkdspec-report\/1: /],
    ['[]', /is no report of qkdspec/],
    ['{', /is not JSON/],
  ])('that holds %s is refused in one line, exit 2', async (text, line) => {
    const file = join(cwd, 'odd.json');
    writeFileSync(file, text);
    for (const args of [
      ['report', file],
      ['matrix', good, file],
      ['report', '--compare', good, file],
    ]) {
      const { exitCode, stdout, stderr } = await ran(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(line);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it.each([
    [['report', join(cwd, 'none')], /cannot read the run: .*none: ENOENT/],
    [['report', bad, '--reporter', 'sarfi'], /did you mean 'sarif'\?/],
    [['report', bad, '--reporter', 'allure:-'], /writes a folder, not stdout/],
    [['report', bad, '--reporter', 'sarif:'], /the file has no name/],
    [['report', good, bad], /report takes one run/],
    [['report', '--compare', good], /--compare takes two runs/],
    [['report', '--compare', good, bad, '--reporter', 'sarif'], /unknown reporter 'sarif'/],
    [['matrix', good, '--by', 'case'], /--by: unknown kind of row 'case'/],
  ])('told wrongly by %j is refused in one line, exit 2', async (args, line) => {
    const { exitCode, stderr } = await ran(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(line);
  });
});

describe('a run whose reports cannot be written', () => {
  it('leaves nothing behind that looks like a report', async () => {
    const out = join(cwd, 'refused');
    const args = [...some, '--out', out, '--reporter', `junit:${cwd}`];
    expect(await ran(...args)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(readdirSync(out)).toEqual(['traces']);
  });
});

describe('the help of --reporter', () => {
  it('names every form', () => {
    for (const name of ['console', ...Object.keys(formats)]) expect(reporterHelp).toContain(name);
  });
});

describe('two stored runs', () => {
  it('exit 1 where something got worse, 0 where nothing did', async () => {
    const worse = await ran('report', '--compare', good, bad);
    expect(worse.exitCode).toBe(1);
    expect(worse.stdout).toMatch(/^NOT ALIKE another target: /);
    expect(worse.stdout).toMatch(/\nworse \(\d+\)\n {2}pass -> fail qosst\/digest\//);
    expect(await ran('report', '--compare', bad, good)).toMatchObject({ exitCode: 0 });
    expect(await ran('report', '--compare', good, good)).toMatchObject({ exitCode: 0 });
  });

  it('are compared for a program, and for a page', async () => {
    const { stdout } = await ran('report', '--compare', good, bad, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ isWorse: true, better: [] });
    const file = join(cwd, 'deep/changes.md');
    expect(
      await ran('report', '--compare', good, bad, '--reporter', `markdown:${file}`),
    ).toMatchObject({ stdout: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^## qkdspec: \d+ worse/);
  });

  it('stand side by side', async () => {
    const { exitCode, stdout } = await ran('matrix', good, bad);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/qosst\/digest +pass +fail/);
    const json = await ran('matrix', good, bad, '--by', 'requirement', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ by: 'requirement', meetings: [] });
  });
});
