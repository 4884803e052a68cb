import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { openOutputs } from '#src/cli/outputs.ts';
import { planSuite } from '#src/cli/plan-suite.ts';
import { subjectOf } from '#src/cli/profile.ts';
import { runAndReport } from '#src/cli/run-and-report.ts';
import { protocols } from '#src/protocols/index.ts';
import { leavingPeer, silentPeer, type Peer } from './peers.ts';
import { launch } from './launch.ts';
import { interruptedScreen, rememberedScreen } from './screen.ts';
import { makeRun } from './stored.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-exit-'));
const at = (name: string) => join(cwd, name);
const out = at('out');
const some = 'sequence/link.unidentified/*';
const failing = 'sequence/link.unidentified/identificationRequest-2';
const right = 'reference:qosst/alice';
const wrong = `${right}?mutant=alice-accepts-any-version`;
const nobody = 'qosst://127.0.0.1:1';
const client = 'reference:kmip/client';
const mutant = `${client}?mutant=client-size-below-zero`;
/** A short frame, so that a session takes no second. */
const short = ['frameSymbols=76500', 'revealedSymbols=60000', 'excessNoiseSnu=0.025'].flatMap(
  (option) => ['--option', option],
);
/** A campaign of a moment. */
const brief = ['--budget', '300msg', '--no-seeds', '--no-shrinking', '--out', out];

let leaving: Peer;
let silent: Peer;
let seed = '';
let traces: readonly string[] = [];

/** The report of a run, otherwise than it was. */
function altered(name: string, change: (report: Record<string, unknown>) => object): void {
  const report = JSON.parse(readFileSync(at('wrong/report.json'), 'utf8'));
  cpSync(at('wrong'), at(name), { recursive: true });
  writeFileSync(at(`${name}/report.json`), JSON.stringify({ ...report, ...change(report) }));
}

async function exitOf(args: readonly string[]): Promise<number> {
  return guarded(args, rememberedScreen());
}

const baseline = (name: string) => ['--baseline', at(name)];

beforeAll(async () => {
  [leaving, silent] = [await leavingPeer(), await silentPeer()];
  await makeRun(client, at('right'));
  await makeRun(mutant, at('wrong'));
  for (const index of [1, 2]) {
    await makeRun(client, at(`right-${index}`), { shard: { index, of: 2 } });
    await makeRun(mutant, at(`wrong-${index}`), { shard: { index, of: 2 } });
  }
  const known = ['baseline', 'update', at('wrong'), ...baseline('known.yaml'), '--reason', 'x'];
  expect(await exitOf(known)).toBe(0);
  const text = readFileSync(at('known.yaml'), 'utf8');
  writeFileSync(at('expired.yaml'), text.replace(/expires: .*/, 'expires: 2020-01-01'));
  writeFileSync(at('finding.yaml'), aliceList('qosst/fuzz/qosst-alice-00000000'));
  const stopped = (exitCode: number | null) => (report: Record<string, unknown>) => ({
    scope: { ...Object(report['scope']), stopped: { exitCode, because: 'so' } },
  });
  altered('stopped', stopped(null));
  altered('gone', stopped(3));
  altered('broken', stopped(5));
  altered('interrupted', stopped(130));
  expect(await exitOf(['test', failing, '--target', wrong, '--out', at('kept')])).toBe(1);
  const { version } = JSON.parse(readFileSync(at('kept/report.json'), 'utf8')).results[0];
  const list = aliceList(`qosst/${failing}`).replace('v00000000', version);
  writeFileSync(at('alice.yaml'), list);
  writeFileSync(at('alice-expired.yaml'), list.replace('2999', '2020'));
  writeFileSync(at('alice-otherwise.yaml'), list.replace("'*'", 'nothing like that'));
  writeFileSync(at('alice-unused.yaml'), list.replace(failing, 'sequence/gone'));
  traces = readdirSync(at('kept/traces')).map((file) => at(`kept/traces/${file}`));
  expect(await exitOf(['session', '--quiet', ...short, '--out', at('session')])).toBe(0);
  await exitOf(['fuzz', '--target', wrong, ...brief, '--out', at('campaign')]);
  seed = at(`campaign/findings/${readdirSync(at('campaign/findings'))[0]}`);
}, 60_000);
afterAll(async () => {
  await Promise.all([leaving.close(), silent.close()]);
  rmSync(cwd, { recursive: true });
});

function aliceList(id: string): string {
  const entry = [
    `  - id: ${id}`,
    '    version: v00000000',
    '    verdict: fail',
    "    message: '*'",
    '    reason: x',
    '    expires: 2999-01-01',
  ];
  const head = ['schema: qkdspec-baseline/1', 'protocol: qosst', 'side: alice', 'failures:'];
  return [...head, ...entry, ''].join('\n');
}

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
  ['replay', 0, 'FIXED', () => [seed, '--target', right]],
  ['replay', 1, 'REPRODUCED', () => [seed, '--target', wrong]],
  ['replay', 3, 'a target that is not there', () => [seed, '--target', nobody]],
  ['judge', 0, 'a trace that is right', () => [at('session/qosst-alice.trace.json')]],
  ['judge', 1, 'a trace that is wrong', () => [traces[0] ?? '']],
  ['doctor', 0, 'well', () => [right]],
  ['doctor', 3, 'nobody there', () => [nobody]],
  ['session', 0, 'equal keys', () => ['--quiet', ...short]],
  ['session', 1, 'keys that differ', () => ['--quiet', ...short, '--option', 'amplificationSeed=reversed']],
  ['baseline check', 0, 'nothing but known failures', () => [at('wrong'), ...baseline('known.yaml')]],
  ['baseline check', 1, 'known failures that pass', () => [at('right'), ...baseline('known.yaml')]],
  ['baseline check', 1, 'an entry that has expired', () => baseline('expired.yaml')],
  ['baseline check', 3, 'a run whose target was gone', () => [at('gone'), ...baseline('known.yaml')]],
  ['baseline check', 4, 'a run that a limit ended', () => [at('stopped'), ...baseline('known.yaml')]],
  ['baseline check', 5, 'a run that broke', () => [at('broken'), ...baseline('known.yaml')]],
  ['baseline check', 130, 'a run that was interrupted', () => [at('interrupted'), ...baseline('known.yaml')]],
  ['baseline update', 1, 'new failures without a reason', () => [at('wrong'), ...baseline('new.yaml')]],
  ['baseline update', 2, 'a run that was interrupted', () => [at('interrupted'), ...baseline('known.yaml')]],
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
  ['proxy', 2, 'no target', () => ['--out', out]],
  ['proxy', 2, 'a client for a target', () => ['--target', right, '--out', out]],
  ['report', 0, 'a run, whatever it ended with', () => [at('wrong')]],
  ['report', 0, 'nothing worse', () => ['--compare', at('wrong'), at('right')]],
  ['report', 1, 'something worse', () => ['--compare', at('right'), at('wrong')]],
];

describe('the exit code', () => {
  it.each(rows)('of %s is %i for %s', async (verb, exitCode, _, args) => {
    expect(await exitOf([...verb.split(' '), ...args()])).toBe(exitCode);
  });

  it.each([['--version'], ['list', '--kind', 'mutants']])('of %j is 0', async (...args) => {
    expect(await exitOf(args.flat())).toBe(0);
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
  it.each<readonly [verb: string, args: () => readonly string[]]>([
    ['test', () => [some, '--target', right, '--out', at('cut')]],
    ['fuzz', () => ['--target', right, '--budget', '1m', '--no-seeds', '--out', at('cut')]],
    ['replay', () => ['seeds/qosst/alice.jsonl', '--target', right, '--times', '1']],
    ['doctor', () => [right]],
    ['session', () => short],
    ['proxy', () => ['--target', silent.url, '--out', at('cut')]],
  ])('ends %s with 130 when it comes behind the first line', async (verb, args) => {
    expect(await guarded([verb, ...args()], interruptedScreen())).toBe(130);
    if (['test', 'fuzz', 'proxy'].includes(verb)) expect(reportIn(at('cut')).exitCode).toBe(130);
  });

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

function reportIn(folder: string) {
  const { exit, results } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  return { ...exit, results: results.length };
}
