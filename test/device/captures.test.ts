import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Captures } from '#src/cli/fuzz-captures.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { followed } from '#src/judge/followed.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { qkdspec, site } from './ground.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-captures-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const sessions = (run: string) =>
  readdirSync(join(run, 'traces')).filter((file) => file.startsWith('session-'));
function traces(run: string): readonly Trace[] {
  return sessions(run).map((file) => {
    const read = readTrace(readFileSync(join(run, 'traces', file), 'utf8'));
    if (!read.ok) throw new Error(read.problem);
    return read.trace;
  });
}
const said = (trace: Trace) =>
  followed(qosst, trace, settingsFor(qosst))
    .filter(({ by }) => by === 'player')
    .map(({ perceived }) => perceived.message);
const fuzz = (out: string, ...flags: readonly string[]) =>
  qkdspec('fuzz', '--no-seeds', '--out', join(cwd, out), ...flags);
const faulty = ['--target', 'reference:qosst?mutant=alice-ignores-digest'];
const trace = (bytes: number): Trace => ({
  ...{ protocol: 'qosst', dialect: 'qosst/0.2', peer: 'alice', options: {}, seed: 1 },
  events: [{ kind: 'sent', bytes: new Uint8Array(bytes), atMs: 0 }],
});

describe('what a campaign captures', () => {
  it('is all that a device was told between the sanity exchanges', async () => {
    using here = await site();
    const run = join(here.folder, 'run');
    const aim = ['--target', here.url, '--start', here.start, '--out', run, '--timeout', '20000'];
    const flags = ['--safe', '--budget', '200msg,60s', '--capture'];
    const { stdout } = await qkdspec('fuzz', ...aim, ...flags);
    expect(stdout).toMatch(
      /^captured \d+ sessions in .*traces \(0\.\d MiB\), replays among them$/m,
    );
    const sanity = ['identificationRequest', 'disconnection'];
    expect(here.received().map(({ message }) => message)).toEqual([
      ...sanity,
      ...traces(run).flatMap(said),
      ...sanity,
    ]);
    const again = await qkdspec('judge', run);
    expect(again.stdout).toMatch(
      /^(\d+) traces of 1 result and \1 captured sessions judged again: \1 as before, 0 changed$/m,
    );
    expect(again.exitCode).toBe(0);
  });

  it('is judged again: a finding is known, another violation is news and told once', async () => {
    await fuzz('faulty', ...faulty, '--budget', '400msg', '--capture');
    const run = join(cwd, 'faulty');
    const known = await qkdspec('judge', run);
    expect(known.stdout).toMatch(/ as before, 0 changed\n$/);
    expect(known.exitCode).toBe(1);
    const report = join(run, 'report.json');
    const { fuzz: about, ...rest } = JSON.parse(readFileSync(report, 'utf8'));
    expect(about.findings).not.toEqual([]);
    writeFileSync(report, JSON.stringify({ ...rest, fuzz: { ...about, findings: [] } }));
    const { stdout } = await qkdspec('judge', run);
    expect(stdout).toMatch(/^session-\d+ \(and \d+ more alike\): pass before, fail now\n {2}\S/);
    const told = stdout.split('\n').filter((line) => line.startsWith('session-'));
    expect(told.length).toBeLessThan(Number(/(\d+) changed\n$/.exec(stdout)?.[1]));
  });

  it('is nothing where nobody asked for it', async () => {
    const { stdout } = await fuzz('plain', ...faulty, '--budget', '200msg');
    expect(sessions(join(cwd, 'plain'))).toEqual([]);
    expect(stdout).not.toContain('captured');
  });

  it('comes from all workers, each session once', async () => {
    const flags = ['--target', 'reference:qosst', '--budget', '600msg', '--timeout', '20000'];
    await fuzz('crew', ...flags, '--workers', '2', '--capture');
    const seeds = traces(join(cwd, 'crew')).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(new Set(seeds.map((seed) => seed % 2)).size).toBe(2);
    const { fuzz: about } = JSON.parse(readFileSync(join(cwd, 'crew/report.json'), 'utf8'));
    expect(seeds.length).toBe(about.sessions);
  });

  it('has the session in which the budget ended, too', async () => {
    await fuzz('spent', 'qosst', '--safe', '--max-messages', '30', '--capture');
    const heard = traces(join(cwd, 'spent')).flatMap(({ events }) =>
      events.filter(({ kind }) => kind === 'sent' || kind === 'received'),
    );
    /** The sanity exchange has taken four. */
    expect(heard.length).toBe(26);
  });

  it('goes on with the numbers of the campaign that it goes on with', async () => {
    const flags = ['--target', 'reference:qosst', '--budget', '100msg', '--capture'];
    await fuzz('resumed', ...flags);
    const before = sessions(join(cwd, 'resumed'));
    await qkdspec('fuzz', '--resume', join(cwd, 'resumed'), '--budget', '100msg');
    const after = sessions(join(cwd, 'resumed'));
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.slice(0, before.length)).toEqual(before);
  });
});

describe('what is captured', () => {
  it('is no more than its limit: the oldest go first, and that is told', () => {
    const run = join(cwd, 'ring');
    mkdirSync(join(run, 'traces'), { recursive: true });
    const captures = new Captures(run, { limitMebibytes: 1 });
    /** In hexadecimal, each takes a little more than 400,000 bytes. */
    for (let count = 0; count < 5; count += 1) captures.keep(trace(200_000));
    expect(sessions(run)).toEqual(['session-000004.trace.json', 'session-000005.trace.json']);
    expect(captures.summary).toMatch(
      /^captured 2 sessions .*; 3 older ones dropped at the limit of 1 MiB \(--capture-limit\)$/,
    );
    const next = new Captures(run, { limitMebibytes: 1 });
    next.keep(trace(200_000));
    expect(sessions(run)).toEqual(['session-000005.trace.json', 'session-000006.trace.json']);
  });

  it('keeps the newest although it alone is larger', () => {
    const run = join(cwd, 'large');
    mkdirSync(join(run, 'traces'), { recursive: true });
    const captures = new Captures(run, { limitMebibytes: 1 });
    captures.keep(trace(10));
    captures.keep(trace(600_000));
    expect(sessions(run)).toEqual(['session-000002.trace.json']);
  });
});
