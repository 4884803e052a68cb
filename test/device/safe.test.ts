import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { qkdspec, site, type Site } from './ground.ts';

/** Cases of every kind: malformed frames, changes of parameters, whole frames. */
const some = ['parameter/**', 'digest/**', 'estimation/symbols/*', 'identification/version/*'];

const aimedAt = ({ url, start, folder }: Site) => [
  ...['--target', url, '--start', start],
  ...['--out', join(folder, 'run'), '--timeout', '20000'],
];
const changes = ({ received }: Site) =>
  received().filter(({ message }) => message === 'changeParameterRequest').length;
const malformed = ({ received }: Site) => received().filter((one) => one.malformed).length;
const keys = ({ received }: Site) =>
  received().filter(({ message }) => message === 'qieTrigger').length;

describe('a safe run against a device', () => {
  it('tells it nothing malformed and nothing destructive', async () => {
    using here = await site();
    const { exitCode, stdout } = await qkdspec('test', ...some, ...aimedAt(here), '--safe');
    expect(stdout).toMatch(/^left out: \d+ cases \(.*--consent changeParameterRequest\)$/m);
    const [, told] = /^left out: (\d+) cases \(\d+: safe mode/m.exec(stdout) ?? [];
    expect(stdout).toMatch(new RegExp(`^\\d+ cases: \\d+ pass, ${told} notApplicable$`, 'm'));
    expect(exitCode).toBe(0);
    expect(here.received().length).toBeGreaterThan(25);
    expect({ malformed: malformed(here), changes: changes(here) }).toEqual({
      malformed: 0,
      changes: 0,
    });
  });

  it('changes parameters with consent, and still says nothing malformed', async () => {
    using here = await site();
    const consent = ['--safe', '--consent', 'changeParameterRequest'];
    const { exitCode } = await qkdspec('test', 'parameter/unknown/*', ...aimedAt(here), ...consent);
    expect(exitCode).toBe(0);
    expect(changes(here)).toBeGreaterThan(2);
    expect(malformed(here)).toBe(0);
  });

  it('differs from one that is not safe', async () => {
    using here = await site();
    await qkdspec('test', 'parameter/unknown/*', 'digest/*', ...aimedAt(here));
    expect(changes(here)).toBeGreaterThan(2);
    expect(malformed(here)).toBeGreaterThan(2);
  });

  it('does not say what is never to be said, and goes no way over it', async () => {
    using here = await site();
    const profile = join(here.folder, 'lab.yaml');
    writeFileSync(profile, 'never: [peFinished]\n');
    const selected = ['estimation/no-key/*', 'estimation/symbols/first', '--profile', profile];
    const { stdout } = await qkdspec('test', ...selected, ...aimedAt(here));
    expect(stdout).toContain('the profile says never to send peFinished');
    expect(here.received().length).toBeGreaterThan(8);
    expect(here.received().map(({ message }) => message)).not.toContain('peFinished');
  });
});

describe('a safe campaign against a device', () => {
  it('tells it nothing malformed and nothing destructive', async () => {
    using here = await site();
    const budget = ['--budget', '200msg,30s', '--safe'];
    const { exitCode } = await qkdspec('fuzz', ...aimedAt(here), ...budget);
    expect(exitCode).toBe(0);
    expect(here.received().length).toBeGreaterThan(80);
    expect({ malformed: malformed(here), changes: changes(here) }).toEqual({
      malformed: 0,
      changes: 0,
    });
  });

  it('ends before it takes more keys than it may', async () => {
    using here = await site();
    const budget = ['--budget', '4000msg,30s', '--max-keys', '2', '--safe'];
    const { exitCode, stdout } = await qkdspec('fuzz', ...aimedAt(here), ...budget);
    expect(keys(here)).toBeLessThanOrEqual(2);
    expect(stdout).toMatch(/exit 4: the budget of 2 keys would be exceeded/);
    expect(exitCode).toBe(4);
  });
});

describe('a budget', () => {
  it('of keys is never exceeded: the run ends, and what is known is reported', async () => {
    using here = await site();
    const budget = ['--max-keys', '4'];
    const { exitCode, stdout } = await qkdspec(
      'test',
      'estimation/**',
      ...aimedAt(here),
      ...budget,
    );
    expect(keys(here)).toBeGreaterThan(0);
    expect(keys(here)).toBeLessThanOrEqual(4);
    expect(stdout).toMatch(/[1-9]\d* cases: .*pass/);
    expect(stdout).toMatch(
      /exit 4: the budget of 4 keys would be exceeded: \d used, \d more wanted/,
    );
    expect(exitCode).toBe(4);
  });

  it('of messages is never exceeded', async () => {
    using here = await site();
    const { exitCode } = await qkdspec(
      'test',
      'identification/**',
      ...aimedAt(here),
      ...['--max-messages', '40'],
    );
    expect(here.received().length).toBeGreaterThan(5);
    expect(here.received().length).toBeLessThanOrEqual(20);
    expect(exitCode).toBe(4);
  });
});

describe('what was captured', () => {
  it('of every case of a run is judged again to the same verdicts', async () => {
    using here = await site();
    await qkdspec('test', 'digest/*', 'identification/version/*', ...aimedAt(here), '--capture');
    const again = await qkdspec('judge', join(here.folder, 'run'));
    expect(again.stdout).toMatch(
      /^(\d+) traces of \1 results judged again: \1 as before, 0 changed$/m,
    );
    expect(again.exitCode).toBe(0);
    const traces = join(here.folder, 'run', 'traces');
    const [first = ''] = readdirSync(traces);
    const text = readFileSync(join(traces, first), 'utf8');
    /** The digest lies behind the two lengths. */
    const altered = text.replace(/("received".*?"bytes":"[\da-f]{8})[\da-f]{8}/, '$1ffffffff');
    writeFileSync(join(traces, first), altered);
    const other = await qkdspec('judge', join(here.folder, 'run'));
    expect(other.stdout).toMatch(/: pass before, fail now\n {2}.*\n.* 1 changed\n$/);
    expect(other.exitCode).toBe(1);
  });
});
