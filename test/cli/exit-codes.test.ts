import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { openOutputs } from '#src/cli/outputs.ts';
import { planSuite } from '#src/cli/plan-suite.ts';
import { subjectOf } from '#src/cli/profile.ts';
import { runAndReport } from '#src/cli/run-and-report.ts';
import { verbs } from '#src/cli/verbs.ts';
import { protocols } from '#src/protocols/index.ts';
import {
  at,
  baseline,
  brief,
  clearStage,
  cwd,
  exitOf,
  failing,
  made,
  nobody,
  out,
  reportIn,
  right,
  setStage,
  short,
  some,
  wrong,
} from './exit-stage.ts';
import { launch } from './launch.ts';
import { passing, type Visit } from './passing.ts';
import { echoingPeer, leavingPeer, servedAlice, silentPeer, type Peer } from './peers.ts';
import { interruptedScreen, rememberedScreen } from './screen.ts';

let alice: Peer;
let wrongAlice: Peer;
let leaving: Peer;
let silent: Peer;
let echo: Peer;
let falling: Peer;

beforeAll(async () => {
  [alice, leaving, silent] = [await servedAlice(), await leavingPeer(), await silentPeer()];
  echo = await echoingPeer();
  wrongAlice = await servedAlice('--mutant', 'alice-omits-next-challenge');
  falling = await leavingPeer(fallsAfter, 'says no more');
  await setStage();
  await exitOf(['test', failing, '--capture', '--out', at('captured')]);
}, 60_000);
afterAll(async () => {
  await Promise.all(
    [alice, wrongAlice, leaving, silent, echo, falling].map((peer) => peer.close()),
  );
  clearStage();
});

/** Connections that one stored seed takes, played once. */
const fallsAfter = 3;

/** Verb by verb; the arguments are made when everything that they name is there. */
type Row = readonly [verb: string, exitCode: number, why: string, args: () => readonly string[]];

// prettier-ignore
const rows: readonly Row[] = [
  ['test', 0, 'conformant', () => [some, '--out', out]],
  ['test', 0, 'nothing but known failures', () => [failing, '--target', wrong, ...baseline('alice.yaml'), '--out', out]],
  ['test', 1, 'a failure', () => [failing, '--target', wrong, '--out', out]],
  ['test', 1, 'a known failure that has expired', () => [failing, '--target', wrong, ...baseline('alice-expired.yaml'), '--out', out]],
  ['test', 1, 'a known failure that says otherwise', () => [failing, '--target', wrong, ...baseline('alice-otherwise.yaml'), '--out', out]],
  ['test', 1, 'known failures that pass', () => [failing, '--target', right, ...baseline('alice.yaml'), '--out', out]],
  ['test', 1, 'an entry that is not used', () => [failing, '--target', right, ...baseline('alice-unused.yaml'), '--out', out]],
  ['test', 3, 'a target that is not there', () => [some, '--target', nobody, '--out', out]],
  ['test', 3, 'a target that goes in the course of the run', () => [some, '--target', leaving.url, '--out', at('left')]],
  ['test', 4, 'nothing that applies', () => ['@hostile', '--safe', '--out', out]],
  ['test', 4, 'a budget that is spent', () => [some, '--max-messages', '8', '--out', out]],
  ['test', 5, 'a report that cannot be written', () => [failing, '--out', out, '--reporter', 'junit:/dev/full']],
  ['fuzz', 0, 'nothing found', () => ['--target', right, ...brief]],
  ['fuzz', 1, 'findings', () => ['--target', wrong, ...brief]],
  ['fuzz', 1, 'a known finding that is not found', () => ['--target', right, ...brief, ...baseline('finding.yaml')]],
  ['fuzz', 3, 'a target that is not there', () => ['--target', nobody, ...brief]],
  ['fuzz', 4, 'a budget that is spent', () => ['--target', right, ...brief, '--max-messages', '20']],
  ['fuzz', 5, 'a report that cannot be written', () => ['--target', right, ...brief, '--reporter', 'junit:/dev/full']],
  ['replay', 0, 'FIXED', () => [made.seed, '--target', right]],
  ['replay', 1, 'REPRODUCED', () => [made.seed, '--target', wrong]],
  ['replay', 3, 'a target that is not there', () => [made.seed, '--target', nobody]],
  ['replay', 4, 'a budget that is spent', () => [made.seed, '--profile', at('thrifty.yaml')]],
  ['judge', 0, 'a trace that is right', () => [at('session/qosst-alice.trace.json')]],
  ['judge', 1, 'a trace that is wrong', () => [made.trace]],
  ['judge', 0, 'a run whose traces are right', () => [at('captured')]],
  ['judge', 1, 'a run with a trace that is wrong', () => [at('kept')]],
  ['doctor', 0, 'well', () => [right]],
  ['doctor', 3, 'nobody there', () => [nobody]],
  ['session', 0, 'equal keys', () => ['--quiet', ...short]],
  ['session', 1, 'keys that differ', () => ['--quiet', ...short, '--option', 'amplificationSeed=reversed']],
  ['serve', 0, 'a client whose session is over', () => ['qosst', '--side', 'bob', '--quiet', '--target', alice.url]],
  ['serve', 3, 'a server that is not there', () => ['qosst', '--side', 'bob', '--target', nobody]],
  ['baseline check', 0, 'nothing but known failures', () => [at('wrong'), ...baseline('known.yaml')]],
  ['baseline check', 1, 'known failures that pass', () => [at('right'), ...baseline('known.yaml')]],
  ['baseline check', 1, 'an entry that has expired', () => baseline('expired.yaml')],
  ['baseline check', 3, 'a run whose target was gone', () => [at('gone'), ...baseline('known.yaml')]],
  ['baseline check', 4, 'a run that a limit ended', () => [at('stopped'), ...baseline('known.yaml')]],
  ['baseline check', 5, 'a run that broke', () => [at('broken'), ...baseline('known.yaml')]],
  ['baseline check', 130, 'a run that was interrupted', () => [at('interrupted'), ...baseline('known.yaml')]],
  ['baseline update', 1, 'new failures without a reason', () => [at('wrong'), ...baseline('new.yaml')]],
  ['baseline update', 2, 'a run that was interrupted', () => [at('interrupted'), ...baseline('known.yaml')]],
  ['baseline update', 0, 'new failures with a reason', () => [at('wrong'), ...baseline('newer.yaml'), '--reason', 'x']],
  ['baseline prune', 0, 'nothing to do', () => [at('wrong'), ...baseline('known.yaml')]],
  ['merge', 0, 'conformant parts', () => [at('right-1'), at('right-2'), '--out', out]],
  ['merge', 0, 'parts with nothing but known failures', () => [at('wrong-2'), at('wrong-1'), '--out', out, ...baseline('known.yaml')]],
  ['merge', 1, 'a failure in a part', () => [at('wrong-1'), at('wrong-2'), '--out', out]],
  ['merge', 1, 'an entry that is not used', () => [at('right-1'), at('right-2'), '--out', out, ...baseline('known.yaml')]],
  ['merge', 1, 'a campaign with findings', () => [at('campaign'), '--out', out]],
  ['merge', 2, 'a part that is missing', () => [at('right-2'), '--out', out]],
  ['merge', 2, 'a part twice', () => [at('right-1'), at('right-1'), at('right-2'), '--out', out]],
  ['merge', 2, 'parts of two runs', () => [at('campaign'), at('right-1'), '--out', out]],
  ['merge', 2, 'a run that is no part', () => [at('right'), '--out', out]],
  ['merge', 2, 'a whole in the folder of a part', () => [at('right-1'), at('right-2'), '--out', at('right-1')]],
  ['merge', 3, 'a part whose target was gone', () => [at('gone-1'), at('right-2'), '--out', out]],
  ['merge', 4, 'a part that a limit ended', () => [at('stopped-1'), at('right-2'), '--out', out]],
  ['merge', 5, 'a part that broke', () => [at('broken-1'), at('right-2'), '--out', out]],
  ['merge', 130, 'a part that was interrupted', () => [at('interrupted-1'), at('right-2'), '--out', out]],
  ['proxy', 2, 'no target', () => ['--out', out]],
  ['proxy', 2, 'a client for a target', () => ['--target', right, '--out', out]],
  ['proxy', 2, 'a port that is taken', () => ['--target', nobody, '--listen', new URL(silent.url).host, '--out', out]],
  ['report', 0, 'a run, whatever it ended with', () => [at('wrong')]],
  ['report', 0, 'nothing worse', () => ['--compare', at('wrong'), at('right')]],
  ['report', 1, 'something worse', () => ['--compare', at('right'), at('wrong')]],
  ['matrix', 0, 'whatever is predicted', () => [at('right'), at('wrong')]],
  ['list', 0, 'what there is', () => ['--kind', 'mutants']],
  ['explain', 0, 'what there is', () => ['challengeEchoed']],
  ['model', 0, 'what there is', () => ['kmip', '--format', 'json']],
  ['export', 0, 'a trace', () => [made.trace, '--as', 'script', '--out', at('kept.js')]],
];

/** A server, what else is said, and who comes through the proxy. */
interface Passage {
  readonly target: () => string;
  readonly more?: readonly string[];
  readonly visit: Visit;
}

const bob = (...how: readonly string[]) => ['serve', 'qosst', '--side', 'bob', '--quiet', ...how];

// prettier-ignore
const passages: readonly (readonly [exitCode: number, why: string, passage: Passage])[] = [
  [0, 'two sides that are right', { target: () => alice.url, visit: bob() }],
  [1, 'a client that breaks something', { target: () => alice.url, visit: bob('--mutant', 'bob-skips-identification') }],
  [1, 'a server that breaks something', { target: () => wrongAlice.url, visit: bob() }],
  [3, 'a server that is not there', { target: () => nobody, visit: 'is refused' }],
  [4, 'bytes that are no message', { target: () => echo.url, visit: 'noise' }],
  [5, 'a report that cannot be written', { target: () => alice.url, more: ['--reporter', 'junit:/dev/full'], visit: bob() }],
];

// prettier-ignore
const interruptions: readonly (readonly [verb: string, args: () => readonly string[]])[] = [
  ['start', () => []],
  ['test', () => [some, '--target', right, '--out', at('cut')]],
  ['fuzz', () => ['--target', right, '--budget', '1m', '--no-seeds', '--out', at('cut')]],
  ['replay', () => ['seeds/qosst/alice.jsonl', '--target', right, '--times', '1']],
  ['doctor', () => [right]],
  ['session', () => short],
  ['proxy', () => ['--target', silent.url, '--out', at('cut')]],
  ['bench', () => ['speed', 'central-kms', '--small']],
];

/** Any verb would do. */
const unwritten: readonly (readonly [verb: string, args: () => readonly string[]])[] = [
  ['list', () => []],
  ['replay', () => [made.seed, '--target', right]],
];

const codes = [0, 1, 2, 3, 4, 5, 130] as const;

/** What takes a minute, or the harness to be broken, is proven where that is done. */
const elsewhere: readonly (readonly [verb: string, exitCode: number, where: string])[] = [
  ['start', 0, '.ci/run'],
  ['bench', 0, 'bench.test.ts'],
  ['bench', 1, 'bench.test.ts'],
];

const offline = ['judge', 'report', 'matrix', 'list', 'explain', 'model', 'export'];

/** Codes that verbs never end with. Where stdout takes nothing, any of them ends with 5. */
const unreachable: Readonly<Record<string, { readonly by: readonly string[]; why: string }>> = {
  1: {
    by: ['start', 'doctor', 'serve', 'matrix', 'list', 'explain', 'model', 'export'],
    why: 'they judge nobody; start only our own sides, which are right',
  },
  3: {
    by: ['start', 'session', 'bench', ...offline],
    why: 'they reach nobody outside this process',
  },
  4: {
    by: ['start', 'doctor', 'session', 'serve', 'bench', ...offline],
    why: 'they have neither cases nor a budget that could leave something open',
  },
  5: {
    by: ['start', 'doctor', 'session', 'serve', 'bench', 'judge', 'report', 'matrix'].concat(
      ...['explain', 'model', 'export'],
    ),
    why: 'they claim no file that could be refused at the end: only a fault of ours leads there',
  },
  130: {
    by: ['serve', ...offline],
    why: 'they are over before Ctrl-C can come; a served side is to be ended by it, with 0',
  },
};

describe('the exit code', () => {
  it.each(rows)('of %s is %i for %s', async (verb, exitCode, _, args) => {
    expect(await exitOf([...verb.split(' '), ...args()])).toBe(exitCode);
  });

  it.each(passages)('of proxy is %i for %s', async (exitCode, _, { target, more, visit }) => {
    const args = ['proxy', '--target', target(), '--out', at('passed'), ...(more ?? [])];
    expect(await passing(args, visit)).toBe(exitCode);
    if (exitCode !== 5) expect(reportIn(at('passed')).exitCode).toBe(exitCode);
  });

  it.each(Object.keys(verbs))('of %s is 2 for an option that it has not', async (verb) => {
    expect(await exitOf([verb, '--sede'])).toBe(2);
  });

  it('of nothing is 2, of --version and --help 0', async () => {
    expect(await exitOf([])).toBe(2);
    expect(await exitOf(['--version'])).toBe(0);
    expect(await exitOf(['--help'])).toBe(0);
  });

  it.each(unwritten)('of %s is 5 where stdout takes nothing more', async (verb, args) => {
    const full = openSync('/dev/full', 'w');
    const { exitCode, stderr } = await launch([verb, ...args()], { cwd, stdout: full });
    closeSync(full);
    expect(stderr).toMatch(/^qkdspec: stdout does not take it: ENOSPC/);
    expect(exitCode).toBe(5);
  });

  it('is proven here or elsewhere for each verb and code, or cannot be', () => {
    const proven = [
      ...rows.map(([verb, exitCode]) => [verb, exitCode]),
      ...passages.map(([exitCode]) => ['proxy', exitCode]),
      ...Object.keys(verbs).map((verb) => [verb, 2]),
      ...interruptions.map(([verb]) => [verb, 130]),
      ...unwritten.map(([verb]) => [verb, 5]),
      ...elsewhere,
    ].map(([verb, exitCode]) => `${String(verb).split(' ')[0]} ${exitCode}`);
    const never = Object.entries(unreachable).flatMap(([exitCode, { by }]) =>
      by.map((verb) => `${verb} ${exitCode}`),
    );
    const all = Object.keys(verbs).flatMap((verb) => codes.map((code) => `${verb} ${code}`));
    expect([...new Set([...proven, ...never])].toSorted()).toEqual(all.toSorted());
    expect(never.filter((pair) => proven.includes(pair))).toEqual([]);
  });

  it('is told on the last line, and by the report', async () => {
    const screen = rememberedScreen();
    await guarded(['test', failing, '--target', wrong, '--out', out], screen);
    expect(screen.stdout).toMatch(/\nexit 1: 1 case failed\n$/);
    expect(reportIn(out)).toMatchObject({ exitCode: 1, because: '1 case failed' });
  });
});

describe('a report is written', () => {
  it('where the target was never there', async () => {
    await exitOf(['test', some, '--target', nobody, '--out', at('never')]);
    expect(reportIn(at('never'))).toMatchObject({ exitCode: 3 });
  });

  it('where the target went in the course of the run, with what was known by then', () => {
    const { exitCode, because, results } = reportIn(at('left'));
    expect([exitCode, because]).toEqual([3, expect.stringMatching(/^the target is gone /)]);
    expect(results).toBeGreaterThan(0);
  });

  it('where we break, exit 5', async () => {
    const subject = await subjectOf({}, protocols);
    const plan = planSuite(subject, { selectors: [some] });
    const [first, second, ...others] = plan.cases;
    if (first === undefined || second === undefined) throw new Error('too few cases');
    const broken = { ...second, reusable: false, play: () => Promise.reject(new Error('ours')) };
    const report = await runAndReport(
      { ...plan, cases: [first, broken, ...others] },
      {
        screen: rememberedScreen(),
        outputs: openOutputs(at('ours'), []),
        progress: false,
        replay: (id) => id,
      },
    );
    expect(report.exit).toEqual({ exitCode: 5, because: 'ours' });
    expect(reportIn(at('ours'))).toEqual({ exitCode: 5, because: 'ours', results: 1 });
  });
});

describe('Ctrl-C', () => {
  it.each(interruptions)(
    'ends %s with 130 when it comes behind the first line',
    async (verb, args) => {
      expect(await guarded([verb, ...args()], interruptedScreen())).toBe(130);
      if (['test', 'fuzz', 'proxy'].includes(verb)) expect(reportIn(at('cut')).exitCode).toBe(130);
    },
  );

  it.each<readonly [verb: string, args: () => readonly string[]]>([
    ['test', () => [some, '--target', silent.url, '--timeout', '500']],
    ['fuzz', () => ['--target', right, '--budget', '1m', '--no-seeds']],
  ])('ends the process of %s with 130, its report written', async (verb, args) => {
    const folder = at(`broken-off-${verb}`);
    const { exitCode } = await launch([verb, ...args(), '--out', folder], {
      cwd,
      oldNode: true,
      watch: (_, child) => child.kill('SIGINT'),
    });
    expect(exitCode).toBe(130);
    expect(reportIn(folder)).toMatchObject({ exitCode: 130, because: 'interrupted' });
  });

  it('ends the process of replay with 130, and what was told is told', async () => {
    const stored = resolve('seeds/qosst/alice.jsonl');
    const args = ['replay', stored, '--times', '1', '--target', falling.url];
    const { exitCode, stdout } = await launch([...args, '--timeout', '60000'], {
      cwd,
      oldNode: true,
      watch: (_, child) => child.kill('SIGINT'),
    });
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/^FIXED qosst-alice-[0-9a-f]{8}: 0 of 1\n$/);
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
