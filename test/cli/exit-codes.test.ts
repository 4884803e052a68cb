import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { launch } from './launch.ts';
import { rememberedScreen } from './screen.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-exit-'));
const wrong = join(cwd, 'wrong.yaml');
const some = 'sequence/link.unidentified/*';
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

/** A short frame, so that a session takes no second. */
const short = ['frameSymbols=76500', 'revealedSymbols=60000', 'excessNoiseSnu=0.025'].flatMap(
  (option) => ['--option', option],
);

describe('the exit code', () => {
  it.each<readonly [args: string[], exitCode: number]>([
    [['--version'], 0],
    [['list', '--kind', 'mutants'], 0],
    [['doctor', 'reference:qosst'], 0],
    [['test', some, '--out', out], 0],
    [['test', some, '--out', out, '--target', nobody], 3],
    [['doctor', nobody], 3],
    [['session', '--quiet', ...short], 0],
    [['session', '--quiet', ...short, '--option', 'amplificationSeed=reversed'], 1],
  ])('of %j is %i', async (args, exitCode) => {
    const screen = rememberedScreen();
    expect(await guarded(args, screen)).toBe(exitCode);
    expect(screen.stderr).toBe('');
  });

  it('is that of the process', async () => {
    const ended = await launch(['test', 'sequenze/*'], { cwd });
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^qkdspec: .*\n$/);
  });
});

describe('a wrong input', () => {
  it('shows a stack trace when it is asked for', async () => {
    const { stderr } = await launch(['tset'], { cwd, env: { QKDSPEC_DEBUG: '1' } });
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('Ctrl-C', () => {
  let silent: Server;
  let url = '';
  beforeAll(async () => {
    silent = createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const at = silent.address();
    url = `qosst://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
  });
  afterAll(() => void silent.close());

  it('ends a run with 130, its report written', async () => {
    const args = [
      'test',
      some,
      '--target',
      url,
      '--timeout',
      '500',
      '--out',
      join(cwd, 'broken-off'),
    ];
    const { exitCode } = await launch(args, {
      cwd,
      oldNode: true,
      watch: (_, child) => child.kill('SIGINT'),
    });
    expect(exitCode).toBe(130);
    const report = JSON.parse(readFileSync(join(cwd, 'broken-off/report.json'), 'utf8'));
    expect(report).toMatchObject({ exit: { exitCode: 130, because: 'interrupted' } });
  });

  it('ends a served side with 0', async () => {
    const { exitCode, stdout } = await launch(['serve', 'qosst', '--port', '0'], {
      cwd,
      oldNode: true,
      watch: (_, child) => child.kill('SIGINT'),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^listening on qosst:\/\/127\.0\.0\.1:\d+\n$/);
  });
});
