import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';
import { makeRun } from './stored.ts';

/** Where the stage of exit codes lies. */
export const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-exit-'));
export const at = (name: string) => join(cwd, name);
export const out = at('out');
export const some = 'sequence/link.unidentified/*';
export const failing = 'sequence/link.unidentified/identificationRequest-2';
export const right = 'reference:qosst/alice';
export const wrong = `${right}?mutant=alice-accepts-any-version`;
export const nobody = 'qosst://127.0.0.1:1';
const client = 'reference:kmip/client';
const mutant = `${client}?mutant=client-size-below-zero`;
/** A short frame, so that a session takes no second. */
export const short = [
  'frameSymbols=76500',
  'revealedSymbols=60000',
  'excessNoiseSnu=0.025',
].flatMap((option) => ['--option', option]);
/** A campaign of a moment. */
export const brief = ['--budget', '300msg', '--no-seeds', '--no-shrinking', '--out', out];
export const baseline = (name: string) => ['--baseline', at(name)];

/** The finding of a campaign, and a trace that is wrong; named once they are made. */
export const made = { seed: '', trace: '' };

/** Ends at once with what a command line comes to. */
export function exitOf(args: readonly string[], screen = rememberedScreen()): Promise<number> {
  return guarded(args, screen);
}

/** Runs, baselines, findings and traces that rows name. */
export async function setStage(): Promise<void> {
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
  for (const [name, exitCode] of Object.entries(endings)) {
    altered('wrong', name, exitCode);
    altered('right-1', `${name}-1`, exitCode);
  }
  await setAlice();
  await setFindings();
}

/** How runs may have been stopped. */
const endings = { stopped: null, gone: 3, broken: 5, interrupted: 130 } as const;

/** The report of a run that was stopped. */
function altered(from: string, name: string, exitCode: number | null): void {
  const report = JSON.parse(readFileSync(at(`${from}/report.json`), 'utf8'));
  const stopped = { exitCode, because: 'so' };
  cpSync(at(from), at(name), { recursive: true });
  const scope = { ...Object(report['scope']), stopped };
  writeFileSync(at(`${name}/report.json`), JSON.stringify({ ...report, scope }));
}

async function setAlice(): Promise<void> {
  expect(await exitOf(['test', failing, '--target', wrong, '--out', at('kept')])).toBe(1);
  const { version } = JSON.parse(readFileSync(at('kept/report.json'), 'utf8')).results[0];
  const list = aliceList(`qosst/${failing}`).replace('v00000000', version);
  writeFileSync(at('alice.yaml'), list);
  writeFileSync(at('alice-expired.yaml'), list.replace('2999', '2020'));
  writeFileSync(at('alice-otherwise.yaml'), list.replace("'*'", 'nothing like that'));
  writeFileSync(at('alice-unused.yaml'), list.replace(failing, 'sequence/gone'));
  const budget = ['protocol: qosst', `target: ${right}`, 'budget:', '  messages: 8', ''];
  writeFileSync(at('thrifty.yaml'), budget.join('\n'));
  made.trace = at(`kept/traces/${readdirSync(at('kept/traces'))[0]}`);
}

async function setFindings(): Promise<void> {
  expect(await exitOf(['session', '--quiet', ...short, '--out', at('session')])).toBe(0);
  await exitOf(['fuzz', '--target', wrong, ...brief, '--out', at('campaign')]);
  made.seed = at(`campaign/findings/${readdirSync(at('campaign/findings'))[0]}`);
}

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

/** How a run ended as its report has it, and how many results it holds. */
export function reportIn(folder: string) {
  const { exit, results } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  return { ...exit, results: results.length };
}

/** Takes all of it away. */
export function clearStage(): void {
  rmSync(cwd, { recursive: true });
}
