import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { seedOf, writeSeed } from '#src/fuzz/seeds.ts';
import { reportSchema } from '#src/report/report-schema.ts';
import { validator } from '#src/wire/schema.ts';
import { launch } from '../cli/launch.ts';
import { rememberedScreen } from '../cli/screen.ts';
import { reference, someFinding } from './ground.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-fuzz-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const faulty = 'reference:qosst?mutant=alice-ignores-digest';
const found = 'qosst-alice-ae300d9f';
const seed = seedOf(someFinding(), {
  profile: reference('alice'),
  campaignSeed: 42,
  target: 'reference:qosst/alice',
  note: '',
  version: '0.1.0',
});

async function command(...args: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(args, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

const fuzz = (out: string, ...more: readonly string[]) =>
  command('fuzz', '--no-seeds', '--out', join(cwd, out), ...more);

const json = (file: string) => JSON.parse(readFileSync(join(cwd, file), 'utf8'));

describe('qkdspec fuzz', () => {
  it('shows each finding, a last screen of 12 lines at most, and the report', async () => {
    const args = ['--target', faulty, '--budget', '2000msg'];
    const { exitCode, stdout, stderr } = await fuzz('one', ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/FAIL qosst\/fuzz\/qosst-alice-ae300d9f: answer, shown by 2 messages/);
    expect(stdout).toMatch(/requirement MUST Alice answers a message whose digest/);
    const last = stdout.slice(stdout.lastIndexOf('\n\n') + 2).trimEnd();
    expect(last.split('\n').length).toBeLessThanOrEqual(13);
    const report = json('one/report.json');
    expect(validator(reportSchema)(report)).toEqual([]);
    expect(report.fuzz.findings[0]).toMatchObject({ id: found, minimalMessages: 2 });
    expect(report.exit.exitCode).toBe(1);
    expect(existsSync(join(cwd, 'one', report.fuzz.findings[0].trace))).toBe(true);
  });

  it('finds nothing wrong with our own side: exit 0, one case that passed', async () => {
    const { exitCode } = await fuzz('clean', '--target', 'reference:qosst', '--budget', '500msg');
    expect(exitCode).toBe(0);
    expect(json('clean/report.json')).toMatchObject({
      summary: { pass: 1 },
      fuzz: { findings: [] },
    });
  });

  it('goes on with the campaign of a folder', async () => {
    const { exitCode } = await command('fuzz', '--resume', join(cwd, 'one'), '--budget', '500msg');
    const report = json('one/report.json');
    expect(exitCode).toBe(1);
    expect(report.fuzz.messages).toBeGreaterThanOrEqual(2500);
    expect(report.target.url).toContain('alice-ignores-digest');
    expect(report.fuzz.findings[0]).toMatchObject({ id: found, minimalMessages: 2 });
    expect(readdirSync(join(cwd, 'one/findings'))).toContain(`${found}.jsonl`);
  });

  it('tells of stored seeds that cannot be read, uses the others, and exits with 2', async () => {
    const seeds = join(cwd, 'stored');
    mkdirSync(join(seeds, 'qosst'), { recursive: true });
    writeFileSync(join(seeds, 'qosst/alice.jsonl'), `${writeSeed(seed)}{"schema":\n`);
    const { exitCode, stdout, stderr } = await command(
      ...['fuzz', '--seeds', seeds, '--target', 'reference:qosst', '--budget', '200msg'],
      ...['--out', join(cwd, 'seeded')],
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/alice\.jsonl:2: it is not JSON\n$/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toContain('replayed 1 of 1 stored seeds first: nothing is found');
  });

  it('stores what it found as seeds, each once', async () => {
    const seeds = join(cwd, 'mine');
    const args = ['--target', faulty, '--budget', '500msg', '--store-seeds', seeds];
    await fuzz('storing', ...args, '--note', 'the mutant');
    await fuzz('storing', ...args, '--note', 'the mutant');
    const lines = readFileSync(join(seeds, 'qosst/alice.jsonl'), 'utf8').trimEnd().split('\n');
    const ids = lines.map((line) => JSON.parse(line).id);
    expect(new Set(ids).size).toBe(lines.length);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ provenance: { note: 'the mutant' } });
  });

  it('says in one line that nothing can be written any more, and shows what it could not keep', async () => {
    mkdirSync(join(cwd, `full/findings/${found}.jsonl.part`), { recursive: true });
    const { exitCode, stderr } = await fuzz('full', '--target', faulty, '--budget', '5000msg');
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`"id":"${found}"`);
    expect(json('full/report.json')).toMatchObject({
      exit: { exitCode: 5, because: expect.stringMatching(/^cannot write .*: EISDIR$/) },
      fuzz: { findings: [{ id: found }] },
    });
  });

  it('writes its report although the seeds cannot be stored: exit 5', async () => {
    const seeds = join(cwd, 'no-seeds');
    mkdirSync(join(seeds, 'qosst/alice.jsonl'), { recursive: true });
    const args = ['--target', faulty, '--budget', '500msg', '--store-seeds', seeds];
    const { exitCode, stderr, stdout } = await fuzz('unstored', ...args);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/^qkdspec: cannot .*alice\.jsonl: EISDIR\n$/);
    expect(stdout).toMatch(/exit 5: cannot .*alice\.jsonl: EISDIR\n$/);
    expect(json('unstored/report.json')).toMatchObject({ fuzz: { findings: [{ id: found }] } });
    expect(readdirSync(join(cwd, 'unstored/findings'))).toContain(`${found}.jsonl`);
  });

  it('shows that a report cannot be written: exit 5, the others are there', async () => {
    const args = ['--target', faulty, '--budget', '500msg', '--reporter', 'junit:/dev/full'];
    const { exitCode, stderr, stdout } = await fuzz('half', ...args);
    expect(exitCode).toBe(5);
    expect(stderr).toBe('qkdspec: cannot write the report: ENOSPC\n');
    expect(stdout).toMatch(/exit 5: cannot write the report: ENOSPC\n$/);
    expect(json('half/report.json')).toMatchObject({ fuzz: { findings: [{ id: found }] } });
  });

  it.each([
    ['', /is not JSON$/],
    ['{"schema": "qkdspec-campaign/9"}', /is qkdspec-campaign\/9; expected qkdspec-campaign\/1$/],
    ['[]', /is of no schema; expected qkdspec-campaign\/1$/],
    ['{"schema": "qkdspec-campaign/1"}', /is no qkdspec-campaign\/1: it must have required/],
  ])('refuses to go on with a campaign that is %j in one line, exit 2', async (text, line) => {
    const folder = join(cwd, 'damaged');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'campaign.json'), text);
    const { exitCode, stderr } = await command('fuzz', '--resume', folder);
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses to go on against another side, exit 2', async () => {
    const args = ['fuzz', '--resume', join(cwd, 'one'), '--target', 'reference:qosst/bob'];
    const { exitCode, stderr } = await command(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/one holds a campaign against qosst\/alice, not qosst\/bob\n$/);
  });

  // prettier-ignore
  it.each<readonly [args: readonly string[], line: RegExp]>([
    [['--budget', 'much'], /Expected messages and time/],
    [['--budget', '0msg'], /Expected messages and time/],
    [['--shard', '3/2'], /Expected i\/n/],
    [['--workers', '0'], /whole number from 1 to 64/],
    [['--resume', 'nowhere'], /cannot read the campaign nowhere\/campaign.json: ENOENT/],
    [['--out', '/dev/null/below'], /cannot make the folder/],
    [['--seede', '1'], /did you mean '--seed'\?/],
    [['qost'], /unknown protocol 'qost'; did you mean 'qosst'\?/],
  ])('refuses %j in one line, exit 2', async (args, line) => {
    const { exitCode, stderr } = await command('fuzz', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('ends on Ctrl-C with 130, findings and report kept', async () => {
    const args = ['fuzz', '--no-seeds', '--target', faulty, '--budget', '60s', '--out', 'broken'];
    const { exitCode } = await launch(args, {
      cwd,
      watch: (stdout, child) => void (/FAIL/.test(stdout) && child.kill('SIGINT')),
    });
    expect(exitCode).toBe(130);
    expect(json('broken/report.json')).toMatchObject({
      exit: { exitCode: 130, because: 'interrupted' },
      fuzz: { findings: [{ id: found }] },
    });
    expect(readdirSync(join(cwd, 'broken/findings'))).toContain(`${found}.jsonl`);
  });
});

describe('qkdspec replay', () => {
  const kept = join(cwd, `one/findings/${found}.jsonl`);

  it('says REPRODUCED 20 of 20, exit 1', async () => {
    const { exitCode, stdout } = await command('replay', kept, '--times', '20');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^REPRODUCED qosst-alice-ae300d9f: 20 of 20\n/);
    expect(stdout).toMatch(/actual\s+IDENTIFICATION_RESPONSE/);
  });

  it('says FIXED, exit 0, on a target that is right', async () => {
    const { exitCode, stdout } = await command('replay', kept, '--target', 'reference:qosst');
    expect(exitCode).toBe(0);
    expect(stdout).toBe('FIXED qosst-alice-ae300d9f: 0 of 3\n');
  });

  it('plays a trace again', async () => {
    const trace = join(cwd, `one/traces/${found}.trace.json`);
    const { exitCode, stdout } = await command('replay', trace, '--target', faulty);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^REPRODUCED 3 of 3\n/);
    const fixed = await command('replay', trace, '--target', 'reference:qosst');
    expect(fixed).toMatchObject({ exitCode: 0, stdout: 'FIXED 0 of 3\n' });
  });

  it('uses the good lines of a file, and tells of the others: exit 2', async () => {
    const file = join(cwd, 'mixed.jsonl');
    writeFileSync(file, `{"schema":"qkdspec-seed/0"}\n${writeSeed(seed)}`);
    const { exitCode, stdout, stderr } = await command('replay', file, '--times', '1');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /mixed\.jsonl:1: it is 'qkdspec-seed\/0'; expected 'qkdspec-seed\/1'\n$/,
    );
    expect(stdout).toMatch(/^FIXED/);
  });

  it.each<readonly [args: readonly string[], line: RegExp]>([
    [['none'], /'none' is no file, and no finding .* has that id/],
    [[kept, '--target', 'reference:qosst/bob'], /is about qosst\/alice; the target is qosst\/bob/],
  ])('refuses %j in one line, exit 2', async (args, line) => {
    const { exitCode, stderr } = await command('replay', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(line);
  });
});

describe('qkdspec merge', () => {
  it('joins shards: sums, findings once', async () => {
    for (const part of ['1/2', '2/2']) {
      const out = `shard-${part[0]}`;
      await fuzz(out, '--target', faulty, '--budget', '1000msg', '--shard', part);
    }
    const parts = [1, 2].map((part) => join(cwd, `shard-${part}`));
    const out = join(cwd, 'joined');
    const { exitCode } = await command('merge', ...parts, '--out', out, '--reporter', 'junit');
    expect(exitCode).toBe(1);
    const [one, two, both] = ['shard-1', 'shard-2', 'joined'].map((name) =>
      json(`${name}/report.json`),
    );
    expect(both.fuzz.messages).toBe(one.fuzz.messages + two.fuzz.messages);
    const ids = both.fuzz.findings.map(({ id }: { id: string }) => id);
    expect(ids).toContain(found);
    expect(new Set(ids).size).toBe(ids.length);
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain(found);
  });

  it('refuses what is no campaign, and campaigns against different sides', async () => {
    const bob = ['--target', 'reference:qosst/bob', '--budget', '50msg'];
    await fuzz('other', ...bob);
    const folders = ['one', 'other'].map((name) => join(cwd, name));
    const { exitCode, stderr } = await command('merge', ...folders, '--out', join(cwd, 'no'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/other is a campaign against qosst\/bob, not qosst\/alice/);
    expect((await command('merge', cwd, '--out', join(cwd, 'no'))).exitCode).toBe(2);
  });
});
