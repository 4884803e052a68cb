import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';

const folder = mkdtempSync(join(tmpdir(), 'qkdspec-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'below', 'kill.json');
const kept = () => JSON.parse(readFileSync(out, 'utf8'));
const shallow = 'alice-accepts-any-version';

async function kill(...args: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(['bench', 'kill', '--out', out, ...args], screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

describe('qkdspec bench kill', () => {
  it('tells each mutant and each number, keeps them, and exits with 0 where all are reached', async () => {
    const args = ['--mutant', shallow, '--side', 'alice', '--seeds', '2', '--alarms', '500'];
    const { exitCode, stdout, stderr } = await kill(...args, '--workers', '1');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^alice-accepts-any-version +right +2\/2 +2\/2 .*\(1\/1\)$/m);
    expect(stdout).toMatch(/^killed by the suite +\| 100\.0 % \(1 of 1\) +\| >= 95 % +\| yes$/m);
    expect(stdout).toMatch(/^false alarms on sides that are right +\| 0 in \d+ messages .*yes$/m);
    expect(stdout).toMatch(/\nexit 0: every number is reached\n$/);
    expect(exitCode).toBe(0);
    expect(kept()).toMatchObject({
      schema: 'qkdspec-kill/1',
      asked: { seeds: 2, mutants: 1, feedback: true, budget: { messages: 10_000 } },
      exit: { exitCode: 0 },
      mutants: [{ mutant: shallow, campaigns: [{ seed: 1 }, { seed: 2 }] }],
      correct: [{ peer: { side: 'alice', reading: null }, alarms: [] }],
    });
  });

  it('exits with 1 below the reach, and lists who survived', async () => {
    const args = ['--mutant', `qosst/${shallow}`, '--mutant', 'bob-amplifies-unequal'];
    const quick = [
      '--seeds',
      '1',
      '--budget',
      '60msg',
      '--no-suite',
      '--no-alarms',
      '--workers',
      '1',
    ];
    const { exitCode, stdout } = await kill(...args, ...quick, '--no-feedback');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^survived most campaigns \(1\):\n {2}bob-amplifies-unequal: .*\[qosst/m,
    );
    expect(stdout).not.toMatch(/by the suite|false alarms/);
    expect(kept()).toMatchObject({ asked: { feedback: false }, exit: { exitCode: 1 } });
  });

  it('keeps on Ctrl-C what is done, exit 130', async () => {
    const stop = new AbortController();
    const screen = { ...rememberedScreen(), signal: stop.signal };
    const seen = (text: string) => void (text.includes('(1/2)') && stop.abort());
    const args = ['bench', 'kill', '--out', out, '--mutant', shallow, '--no-suite'];
    const more = ['--mutant', 'alice-loses-a-symbol', '--seeds', '1', '--workers', '1'];
    expect(await guarded([...args, ...more], { ...screen, out: seen })).toBe(130);
    expect(kept()).toMatchObject({
      exit: { because: 'interrupted' },
      mutants: [{ mutant: shallow }],
      faults: [],
    });
  });
});

describe('a wrong use of bench', () => {
  // prettier-ignore
  it.each<readonly [args: readonly string[], line: RegExp]>([
    [[], /missing required argument 'what'/],
    [['kil'], /unknown bench 'kil'; did you mean 'kill'\? \(kill, speed\)/],
    [['speed', 'qost'], /unknown protocol 'qost'; did you mean 'qosst'\?/],
    [['speed', '--seeds', '1'], /bench speed takes no --seeds/],
    [['speed', '--no-suite'], /bench speed takes no --no-suite/],
    [['kill', 'qost'], /unknown protocol 'qost'; did you mean 'qosst'\?/],
    [['kill', '--side', 'alise'], /--side: unknown side 'alise'; did you mean 'alice'\?/],
    [['kill', '--mutant', 'bob-pipeline'], /--mutant: unknown mutant 'bob-pipeline'; did you mean 'bob-pipelines'\?/],
    [['kill', '--mutant', 'bob-pipelines', '--side', 'alice'], /has no mutant of alice/],
    [['kill', '--seeds', '0'], /whole number from 1/],
    [['kill', '--budget', 'much'], /Expected messages and time/],
    [['kill', '--alarms', '-1'], /whole number from 1/],
    [['kill', '--out', folder], /cannot write .*: EISDIR/],
    [['kill', '--out', '/dev/null/below'], /cannot make the folder|cannot write/],
    [['kill', '--seedz', '1'], /did you mean '--seeds'\?/],
  ])('%j is told in one line, exit 2', async (args, line) => {
    const screen = rememberedScreen();
    expect(await guarded(['bench', ...args], screen)).toBe(2);
    expect(screen.stderr).toMatch(line);
    expect(screen.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(screen.stdout).toBe('');
  });
});
