import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const file = fileURLToPath(new URL('../../.github/action.yml', import.meta.url));
const action = parse(readFileSync(file, 'utf8'));
const steps: readonly Record<string, string>[] = action.runs.steps;
const workspace = mkdtempSync(join(tmpdir(), 'qkdspec-action-'));
afterAll(() => rmSync(workspace, { recursive: true }));

const runner = action.runs.steps.find(({ id }: { id?: string }) => id === 'run');
/** Where bash is, its step can be run as GitHub runs it. */
const bash = ['/bin/bash', '/usr/bin/bash'].find((path) => existsSync(path));

describe('the GitHub Action', () => {
  it('is a composite one with steps that GitHub takes', () => {
    expect(action.runs.using).toBe('composite');
    for (const step of steps) {
      expect([typeof step['run'], typeof step['uses']].toSorted()).toEqual(['string', 'undefined']);
      if (step['run'] !== undefined) expect(step['shell']).toBe('bash');
      if (step['uses'] !== undefined) expect(step['uses']).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/);
    }
  });

  it('says nothing of an input in the text of a shell', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it('describes every input, and uses each', () => {
    const text = JSON.stringify(action.runs);
    for (const [name, input] of Object.entries<{ description: string }>(action.inputs)) {
      expect(input.description.length).toBeGreaterThan(5);
      expect(text).toContain(`inputs.${name}`);
    }
    for (const [, name] of text.matchAll(/inputs\.([\w-]+)/g)) {
      expect(Object.keys(action.inputs)).toContain(name);
    }
  });

  it('gives as outputs what its step writes', () => {
    for (const { value } of Object.values<{ value: string }>(action.outputs)) {
      const [, name] = /^\$\{\{ steps\.run\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      expect(runner.run).toContain(`"${name}=$`);
    }
  });
});

/** Runs the step as GitHub does: inputs in the environment, by their defaults where none is given. */
function ran(inputs: Readonly<Record<string, string>>) {
  const output = join(workspace, 'output');
  const summary = join(workspace, 'summary.md');
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const given = Object.entries<string>(runner.env).map(([variable, expression]) => {
    const [, name = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    return [variable, inputs[name] ?? action.inputs[name].default];
  });
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: dirname(file),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(given),
  };
  const shell = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', runner.run];
  const stdout = execFileSync(bash ?? 'bash', shell, { cwd: workspace, env, stdio: 'pipe' });
  const outputs = readFileSync(output, 'utf8').trim().split('\n');
  return {
    stdout: String(stdout),
    outputs: Object.fromEntries(outputs.map((line) => line.split('='))),
    summary: readFileSync(summary, 'utf8'),
  };
}

describe.skipIf(bash === undefined)('its shell step', () => {
  const selectors = 'sequence/link.unidentified/identificationRequest-2\n!slow\n';

  it('runs the selected cases, and says how they ended', () => {
    const { stdout, outputs, summary } = ran({ selectors, target: 'reference:qosst' });
    expect(outputs).toEqual({ 'exit-code': '0', report: 'qkdspec-report' });
    expect(stdout).toMatch(/^testing reference:qosst\/alice: 1 case\n/);
    expect(summary).toContain('qkdspec');
    for (const name of ['report.json', 'junit.xml', 'report.sarif']) {
      expect(existsSync(join(workspace, 'qkdspec-report', name))).toBe(true);
    }
  });

  it('does not end itself where a case fails: reports are to be uploaded', () => {
    const target = 'reference:qosst?mutant=alice-accepts-any-version';
    const { stdout, outputs, summary } = ran({ selectors, target, out: 'with blank' });
    expect(outputs).toEqual({ 'exit-code': '1', report: 'with blank' });
    expect(stdout).toMatch(/^::error title=FAIL /m);
    expect(summary).toContain('identificationRequest-2');
  });

  it('takes what is said for words, never for a command', () => {
    const evil = '$(touch pwned); `touch pwned` && touch pwned #"\'';
    const { outputs } = ran({ selectors: evil, target: evil, baseline: evil, args: evil });
    expect(outputs).toEqual({ 'exit-code': '2' });
    expect(existsSync(join(workspace, 'pwned'))).toBe(false);
  });
});
