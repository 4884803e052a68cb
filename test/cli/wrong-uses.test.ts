import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { launch } from './launch.ts';
import { rememberedScreen } from './screen.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-wrong-'));
const wrong = join(cwd, 'wrong.yaml');
const out = join(cwd, 'out');
const nobody = 'qosst://127.0.0.1:1';
beforeAll(() => writeFileSync(wrong, '# a profile\ntargt: reference:qosst\n'));
afterAll(() => rmSync(cwd, { recursive: true }));

/** Arguments, and what the one line on stderr says. */
// prettier-ignore
const wrongUses: readonly (readonly [args: readonly string[], line: RegExp])[] = [
  [['tset'], /unknown verb 'tset'; did you mean 'test'\?/],
  [['test', '--sede', '1'], /unknown option '--sede'; did you mean '--side'\?/],
  [['test', '--seed', 'x'], /--seed .*whole number from 0 to 4294967295/],
  [['test', '--level', 'mist'], /did you mean 'must'\?/],
  [['test', '--reporter', 'jnit'], /unknown reporter 'jnit'; did you mean 'junit'\?/],
  [['test', '--reporter', 'junit:/', '--out', out], /cannot write \/: EISDIR/],
  [['test', '--out', join(wrong, 'below')], /cannot make the folder .*wrong.yaml: EEXIST/],
  [['test', '--side', 'alise'], /--side: unknown side of qosst 'alise'; did you mean 'alice'\?/],
  [['test', '--dialect', 'qosst/0.3'], /--dialect: .* did you mean 'qosst\/0.2'\?/],
  [['test', '--reading', 'malformedAnser=closed'], /did you mean 'malformedAnswer'\?/],
  [['test', '--reading', 'malformedAnswer=clozed'], /did you mean 'closed'\?/],
  [['test', '--reading', 'malformedAnswer'], /takes name=value/],
  [['test', '--option', 'frameSymbol=5'], /did you mean 'frameSymbols'\?/],
  [['test', '--target', 'qoost://127.0.0.1'], /unknown URL scheme 'qoost'; did you mean 'qosst'\?/],
  [['test', '--target', '127.0.0.1:8181'], /has no scheme; expected qosst:\/\/host:port/],
  [['test', '--target', 'reference:qost'], /did you mean 'qosst'\?/],
  [['test', '--target', nobody, '--side', 'bob'], /bob is a client/],
  [['test', 'sequenze/*'], /names nothing; did you mean/],
  [['test', 'initialization.proposed/**'], /names nothing/],
  [['test', 'sequence/initialization.proposed/*', '!@usual'], /'@usual' names nothing/],
  [['test', 'sequence/initialization.proposed/*'], /only cases that run when their id or tag is named/],
  [['test', 'client/**'], /no case against alice; did you mean '--side bob'\?/],
  [['test', '--profile', 'none.yaml'], /cannot read the profile/],
  [['test', '--profile', wrong], /wrong.yaml:2: 'targt' .* did you mean 'target'\?/],
  [['explain', 'chalengeEchoed'], /did you mean 'challengeEchoed'\?/],
  [['explain'], /missing required argument 'id'/],
  [['model', 'qost'], /unknown protocol 'qost'; did you mean 'qosst'\?/],
  [['model', 'qosst', '--format', 'swg'], /unknown format 'swg'; did you mean 'svg'\?/],
  [['serve', 'qosst', '--mutant', 'none'], /unknown mutant 'none'/],
  [['serve', 'qosst', '--admin', '127.0.0.1:0'], /alice of qosst takes no --admin/],
  [['serve', 'central-kms', '--admin', '8081'], /--admin: expected host:port, got '8081'/],
  [['serve', 'qosst', '--side', 'bob'], /bob is a client: it takes --target/],
  [['session', '--quiet', '--distance-km', '501'], /Expected kilometres from 0 to 500/],
  [['session', '--quiet', '--modulation', 'psk:3'], /psk has 3 points, not a power of 2 from 2 to 256/],
  [['session', '--quiet', '--fault', 'loss'], /no fault 'loss'; did you mean 'loss-step'\?/],
  [['session', '--quiet', '--fault', 'loss-step:share=2'], /share of fault 'loss-step' is '2', not from 0 to 1/],
  [['session', '--quiet', '--option', 'frameSymbols=3'], /frameSymbols is 3, not from 4 to 10000000/],
  [['session', 'qost'], /unknown protocol 'qost'; did you mean 'qosst'\?/],
  [['list', '--kind', 'case'], /unknown kind 'case'; did you mean 'cases'\?/],
  [['test', '--shard', '4/3'], /Expected i\/n with 1 ≤ i ≤ n, as in 2\/4/],
  [['test', '--shard', '2/2', 'sequence/link.unidentified/identificationRequest-2'], /part 2 of 2 has no case/],
  [['test', '--last-failed', '--out', join(cwd, 'never')], /cannot read the run: .*ENOENT/],
  [['test', '--baseline', 'none.yaml'], /cannot read the baseline none.yaml: ENOENT/],
  [['fuzz', '--baseline', wrong], /wrong.yaml:2: 'targt' is no known member; did you mean/],
  [['fuzz', '--budget', 'much'], /Expected messages and time, as in 10000msg,60s/],
  [['fuzz', '--json'], /--json goes with --plan; reports come as JSON with --reporter json:-/],
  [['fuzz', '--plan', '--plan-sessions', '1001'], /Expected a whole number from 0 to 1000/],
  [['replay', 'none'], /'none' is no file, and no finding under/],
  [['baseline', 'chek', '--baseline', wrong], /unknown deed 'chek'; did you mean 'check'\? \(check, update, prune\)/],
  [['baseline', 'update', '--baseline', wrong], /baseline update takes a run/],
  [['baseline', 'update', 'run'], /required option '--baseline <file>' not specified/],
  [['baseline', 'update', 'run', '--baseline', wrong, '--expires', '2027-02-30'], /Expected a day, as 2027-03-31/],
  [['baseline', 'check', 'none', '--baseline', wrong], /cannot read the run: none: ENOENT/],
  [['merge', 'none', '--out', out], /cannot read the run: none: ENOENT/],
  [['merge', 'none'], /required option '--out <dir>' not specified/],
  [['report', 'none'], /cannot read the run: none: ENOENT/],
  [['report', '--compare', 'none'], /--compare takes two runs/],
  [['judge', 'none.json'], /cannot read the trace/],
  [['judge', wrong], /is no qkdspec-trace\/1/],
  [['doctor'], /doctor takes a target/],
];

describe('a wrong use', () => {
  it.each(wrongUses)('of %j is told in one line, exit 2', async (args, line) => {
    const screen = rememberedScreen();
    expect(await guarded(args, screen)).toBe(2);
    expect(screen.stderr).toMatch(line);
    expect(screen.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(screen.stdout).toBe('');
  });
});

describe('a wrong input', () => {
  it('shows a stack trace when it is asked for', async () => {
    const { stderr } = await launch(['tset'], { cwd, env: { QKDSPEC_DEBUG: '1' } });
    expect(stderr).toMatch(/\n\s+at /);
  });

  it('ends the process with its exit code', async () => {
    const ended = await launch(['test', 'sequenze/*'], { cwd });
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^qkdspec: .*\n$/);
  });
});
