import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement } from '#models/language/index.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { FallViolation } from '#src/fuzz/target-care.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { replayTimes } from '#src/fuzz/replay-times.ts';
import { replayTrace } from '#src/fuzz/replay-trace.ts';
import { readSeeds, type Seed } from '#src/fuzz/seeds.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { judge } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { painter } from '#src/report/paint.ts';
import { paragraph } from '#src/report/text.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { traceText } from '#src/report/trace-text.ts';
import type { TargetFlags } from './flags.ts';
import { codeOf } from './folder.ts';
import { seedFolders } from './fuzz-seeds.ts';
import { subjectOf, type Subject } from './profile.ts';
import type { Screen } from './screen.ts';
import { usage } from './usage.ts';

/** What `replay` may be told. */
export interface ReplayFlags extends TargetFlags {
  readonly seed?: number;
  readonly times: number;
  readonly verbose?: boolean;
}

/** Plays a stored finding, a file of them or a trace again, and returns the exit code. */
export async function replaying(what: string, flags: ReplayFlags, screen: Screen): Promise<number> {
  const file = fileOf(what);
  const text = readText(file);
  const trace = file.endsWith('.jsonl') ? null : readTrace(text);
  if (trace?.ok === true) return againTrace(trace.trace, flags, screen);
  if (trace !== null && /"schema": *"qkdspec-trace/.test(text)) {
    throw usage(`${file} is no qkdspec-trace/1: ${trace.problem}`);
  }
  const { seeds, problems } = readSeeds(text, { file, protocols });
  const [problem] = problems;
  if (seeds.length === 0) throw usage(problem ?? `${file} holds no seed`);
  for (const line of problems) screen.err(`qkdspec: ${line}\n`);
  const chosen = what === file ? seeds : seeds.filter(({ id }) => id === what);
  const exitCodes: number[] = [];
  for (const seed of chosen) exitCodes.push(await againSeed(seed, { file, flags, screen }));
  if (screen.signal.aborted) return 130;
  return problems.length > 0 ? 2 : Math.max(0, ...exitCodes);
}

async function againSeed(
  seed: Seed,
  { file, flags, screen }: { file: string; flags: ReplayFlags; screen: Screen },
): Promise<number> {
  if (seed.steps.length === 0) {
    throw usage(`${file}: ${seed.id} is a ${seed.kind}: only a whole campaign can show it again`);
  }
  const subject = await subjectFor(seed, flags, file);
  const at = flags.seed ?? seed.provenance.campaignSeed;
  const { signal } = screen;
  const about = { ...subject, seed: at, signal, maxMessagesPerSecond: null };
  await using target = await openFuzzTarget(about);
  const result = await replayTimes(target, seed, { times: flags.times, signal });
  if (result === null) return 130;
  const { shown, of, otherwise, exhibit } = result;
  const word = shown === of ? 'REPRODUCED' : shown > 0 ? 'FLAKY' : 'FIXED';
  const tail = otherwise > 0 ? `; ${otherwise} of ${of} broke something else` : '';
  tellOutcome(screen, word, `${seed.id}: ${shown} of ${of}${tail}`);
  if (exhibit.violation !== null) tellViolation(exhibit.violation, screen);
  if (flags.verbose === true) screen.out(`${traceText(subject.protocol, exhibit.trace)}\n`);
  return shown > 0 || otherwise > 0 ? 1 : 0;
}

async function againTrace(trace: Trace, flags: ReplayFlags, screen: Screen): Promise<number> {
  const known: ProvidesTarget = {
    protocol: trace.protocol,
    side: trace.peer,
    dialect: trace.dialect,
    readings: {},
    options: trace.options,
    target: `reference:${trace.protocol}/${trace.peer}`,
  };
  const subject = await subjectWith(known, flags, 'the trace');
  const { signal } = screen;
  const about = { ...subject, seed: flags.seed ?? trace.seed, signal, maxMessagesPerSecond: null };
  await using target = await openFuzzTarget(about);
  const { protocol, profile } = subject;
  const then = judge(protocol, trace, profile.readings).violation;
  let shown = 0;
  let otherwise = 0;
  let last: { trace: Trace; violation: Violation | null } | null = null;
  for (let play = 0; play < flags.times && !signal.aborted; play += 1) {
    const again = await replayTrace(target.arena, trace);
    const { violation } = judge(protocol, again, profile.readings);
    const same =
      violation?.requirement.id === then?.requirement.id && violation?.kind === then?.kind;
    if (violation !== null && same) shown += 1;
    else if (violation !== null) otherwise += 1;
    if (last === null || violation !== null) last = { trace: again, violation };
  }
  if (signal.aborted || last === null) return 130;
  const word =
    then === null ? 'PLAYED' : shown === flags.times ? 'REPRODUCED' : shown > 0 ? 'FLAKY' : 'FIXED';
  const tail = otherwise > 0 ? `; ${otherwise} of ${flags.times} broke something else` : '';
  tellOutcome(screen, word, `${shown} of ${flags.times}${tail}`);
  if (last.violation !== null) tellViolation(last.violation, screen);
  if (flags.verbose === true) screen.out(`${traceText(protocol, last.trace)}\n`);
  return shown > 0 || otherwise > 0 ? 1 : 0;
}

/** What a stored thing says of the target that showed it. */
interface ProvidesTarget {
  readonly protocol: string;
  readonly side: string;
  readonly dialect: string;
  readonly readings: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly target: string;
}

function subjectFor(seed: Seed, flags: ReplayFlags, file: string): Promise<Subject> {
  const { provenance, ...about } = seed;
  return subjectWith({ ...about, target: provenance.target }, flags, `${file}: ${seed.id}`);
}

/** The target that flags name, or the one that showed it; spoken with as it was then. */
async function subjectWith(
  known: ProvidesTarget,
  flags: ReplayFlags,
  what: string,
): Promise<Subject> {
  const named = [flags.target, flags.listen, flags.profile].some((one) => one !== undefined);
  const { protocol, side, dialect, readings, options } = known;
  const subject = await subjectOf(
    {
      ...(named ? {} : { target: known.target, protocol, side }),
      dialect,
      ...flags,
      reading: [...pairs(readings, String), ...(flags.reading ?? [])],
      option: [...pairs(options, JSON.stringify), ...(flags.option ?? [])],
    },
    protocols,
  );
  const { profile } = subject;
  if (profile.protocol !== protocol || profile.side !== side) {
    const target = `${profile.protocol}/${profile.side}`;
    throw usage(`${what} is about ${protocol}/${side}; the target is ${target}`);
  }
  return subject;
}

function pairs<Value>(
  record: Readonly<Record<string, Value>>,
  write: (value: Value) => string,
): readonly string[] {
  return Object.entries(record).map(([name, value]) => `${name}=${write(value)}`);
}

/** The file that is named, or the one that holds the finding of that id. */
function fileOf(what: string): string {
  if (existsSync(what) && statSync(what).isFile()) return what;
  const runs = foldersIn('reports').map((folder) => join(folder, 'findings', `${what}.jsonl`));
  const kept = runs.find((file) => existsSync(file));
  if (kept !== undefined) return kept;
  const stored = seedFolders()
    .flatMap((folder) => foldersIn(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .find((file) => file.endsWith('.jsonl') && holds(file, what));
  if (stored !== undefined) return stored;
  throw usage(`'${what}' is no file, and no finding under reports/ or seeds/ has that id`);
}

function holds(file: string, id: string): boolean {
  return readSeeds(readText(file), { file, protocols }).seeds.some((seed) => seed.id === id);
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw usage(`cannot read ${file}: ${codeOf(cause)}`, { cause });
  }
}

function tellOutcome(screen: Screen, word: string, text: string): void {
  const good = word === 'FIXED' || word === 'PLAYED';
  screen.out(`${painter(screen.colour)(good ? 'pass' : 'fail', word)} ${text}\n`);
}

function tellViolation(violation: Violation | FallViolation, screen: Screen): void {
  const { requirement, expected, actual } = violation;
  const columns = Math.min(screen.columns, 100);
  const told = (label: string, text: string, lines: number) =>
    paragraph(`  ${label.padEnd(12)}`, text, { columns, lines });
  const wanted = expected.map(({ outcome }) => outcome).join(' or ');
  const lines = [
    ...told('requirement', demand(requirement), 2),
    ...told('expected', wanted || 'nothing', 2),
    ...told('actual', actual, 2),
  ];
  screen.out(`${lines.join('\n')}\n`);
}

function demand({ level, text, id }: Requirement): string {
  return `${level} ${text} [${id}]`;
}
