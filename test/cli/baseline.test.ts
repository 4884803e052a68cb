import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { guarded } from '#src/cli/guarded.ts';
import { baselineSchema } from '#src/gate/known-failures.ts';
import type { Report } from '#src/contract/report.ts';
import { makeRun } from './stored.ts';
import { rememberedScreen } from './screen.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-baseline-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const file = join(cwd, 'known.yaml');
const run = join(cwd, 'run');
const healthy = join(cwd, 'healthy');
const client = 'reference:kmip/client';
const mutant = `${client}?mutant=client-size-below-zero`;

async function qkdspec(...argv: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(argv, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

const baseline = (deed: string, ...args: readonly string[]) =>
  qkdspec('baseline', deed, ...args, '--baseline', file);

/** Writes the list that a wrong client gives, and says what is in it. */
async function taken(...args: readonly string[]): Promise<string> {
  rmSync(file, { force: true });
  await baseline('update', run, '--reason', 'ticket 42', ...args);
  return readFileSync(file, 'utf8');
}

let red: readonly string[] = [];
beforeAll(async () => {
  const report: Report = await makeRun(mutant, run);
  await makeRun(client, healthy);
  red = report.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
});

describe('baseline update', () => {
  it('writes what fails, sorted, with a reason and a last day', async () => {
    const { failures, ...about } = parse(await taken('--expires', '2999-12-31'));
    expect(about).toEqual({ schema: 'qkdspec-baseline/1', protocol: 'kmip', side: 'client' });
    expect(red.length).toBeGreaterThan(0);
    expect(failures.map(({ id }: { id: string }) => id)).toEqual(red.toSorted());
    expect(failures[0]).toMatchObject({ reason: 'ticket 42', expires: '2999-12-31' });
  });

  it('writes the same bytes again', async () => {
    const text = await taken();
    expect(await baseline('update', run)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await taken()).toBe(text);
  });

  it('keeps comments, where they are, and what a user wrote', async () => {
    const [first = '', second = ''] = red.toSorted();
    const text = (await taken())
      .replace(`  - id: ${first}\n`, `  # the oldest\n  - id: ${first} # seen by Ada\n`)
      .replace('reason: ticket 42', 'reason: because of the firmware')
      .replace(`  - id: ${second}\n`, `\n  # since May\n  - id: ${second}\n`);
    writeFileSync(file, text);
    expect(await baseline('update', run)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(text);
    /** The second one gone, and back again in its place: its comment went with it. */
    const shorter = text.slice(0, text.indexOf('\n  # since May')) + rest(text, second);
    writeFileSync(file, `${shorter}# the end\n`);
    await baseline('update', run, '--reason', 'back');
    const after = readFileSync(file, 'utf8');
    expect(after).toContain(`# the oldest\n  - id: ${first} # seen by Ada\n`);
    expect(after).toMatch(new RegExp(`  - id: ${second}\n(?:    .*\n)+?    reason: back\n`));
    expect(after.trimEnd().endsWith('# the end')).toBe(true);
  });

  it('drops what fails no more, but takes up nothing without a reason', async () => {
    await taken();
    expect(await baseline('update', healthy)).toMatchObject({ exitCode: 0 });
    expect(parse(readFileSync(file, 'utf8')).failures).toEqual([]);
    const { exitCode, stderr } = await baseline('update', run);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/left out, .*: give a --reason\n$/),
    ]);
    expect(parse(readFileSync(file, 'utf8')).failures).toEqual([]);
  });

  it.each<readonly [part: string, change: Partial<NonNullable<Report['scope']>>, why: RegExp]>([
    ['selection', { every: false }, /only some of the cases were run/],
    ['part', { shard: { index: 1, of: 3, places: [] } }, /it is part 1 of 3/],
    ['interrupted run', { stopped: { exitCode: 130, because: 'interrupted' } }, /interrupted/],
    ['limited run', { stopped: { exitCode: null, because: 'stopped after 3' } }, /stopped after 3/],
  ])('refuses a %s', async (part, change, why) => {
    const text = await taken();
    const report = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
    const partial = join(cwd, `${part}.json`);
    writeFileSync(partial, JSON.stringify({ ...report, scope: { ...report.scope, ...change } }));
    const { exitCode, stderr } = await baseline('update', partial, '--reason', 'x');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(why)]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('baseline check', () => {
  it('gives the exit code that the run would have had', async () => {
    await taken();
    expect((await baseline('check', run)).exitCode).toBe(0);
    const { exitCode, stdout } = await baseline('check', healthy);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^PASSES kmip\/.* \(ticket 42\)/);
    expect(stdout).toContain(`exit 1: no more failing: ${red.length} known failure`);
  });

  it('looks at the file alone: days, ids and versions', async () => {
    const text = await taken();
    expect(await baseline('check')).toMatchObject({ exitCode: 0, stderr: '' });
    const [first = ''] = red.toSorted();
    const broken: readonly (readonly [from: RegExp, to: string, why: RegExp])[] = [
      [/expires: .*/, 'expires: 2020-02-02', /known\.yaml:7: .* expired on 2020-02-02/],
      [/version: .*/, 'version: v00000000', /what the case demands has changed/],
    ];
    for (const [from, to, why] of broken) {
      writeFileSync(file, text.replace(from, to));
      const { exitCode, stdout } = await baseline('check');
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(why)]);
      expect(stdout).toContain(first);
    }
  });
});

describe('baseline prune', () => {
  it('drops what a run shows to be of no use, and adds nothing', async () => {
    await taken();
    expect((await baseline('prune', run)).stdout).toMatch(/ 0 dropped\n$/);
    const { exitCode, stdout } = await baseline('prune', healthy);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`dropped  ${red[0]}`);
    expect((await baseline('prune', run)).stdout).toContain('0 known failures, 0 added');
  });
});

describe('a baseline', () => {
  const wrong: readonly (readonly [from: string | RegExp, to: string, line: RegExp])[] = [
    ['reason: ', 'raeson: ', /known\.yaml:\d+: 'failures\.0\.raeson' .* did you mean 'reason'\?/],
    ['side: ', 'sied: ', /known\.yaml:\d+: 'sied' is no known member; did you mean 'side'\?/],
    [/expires: .*/, 'expires: soon', /'failures\.0\.expires' must match pattern/],
    [/verdict: fail/, 'verdict: pass', /'failures\.0\.verdict' must be/],
    ['side: client', 'side: server', /is about kmip\/server, the run about kmip\/client/],
    ['failures:', 'failures: [', /known\.yaml:\d+: /],
  ];

  it.each(wrong)('with %j as %j is a wrong use, told in one line', async (from, to, line) => {
    writeFileSync(file, (await taken()).replace(from, to));
    const { exitCode, stderr } = await baseline('check', run);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(line)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('names each case once', async () => {
    const text = await taken();
    const entry = text.slice(
      text.indexOf('  - id'),
      text.indexOf('  - id', text.indexOf('  - id') + 1),
    );
    writeFileSync(file, text.trimEnd() + `\n${entry}`);
    const { exitCode, stderr } = await baseline('check', run);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/known\.yaml:\d+: '.*' is there twice/),
    ]);
  });

  it('has a JSON Schema', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...baselineSchema };
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/schemas/baseline.schema.json',
    );
  });
});

/** The entries behind one. */
function rest(text: string, id: string): string {
  const at = text.indexOf(`  - id: ${id}\n`);
  const next = text.indexOf('\n  - id: ', at + 1);
  return next < 0 ? '\n' : text.slice(next);
}
