import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Readings } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Report } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import { exhibitOf } from '#src/exhibit/exhibit.ts';
import { judge } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { codeOf } from './folder.ts';
import { findingsFolder, traceName } from './fuzz-names.ts';
import { readRun } from './stored-run.ts';
import { protocolOf } from './target-url.ts';
import { usage } from './usage.ts';

/** A trace, laid out as its run judged it. */
export interface ExportSource {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly exhibit: Exhibit;
  /** As its file holds it. */
  readonly traceText: string;
  /** Of its file, without endings. */
  readonly name: string;
  /** The case whose own expectation was broken; `null`: the model alone shows it. */
  readonly caseId: string | null;
  /** Of its run, ms since 1970; 0: unknown. */
  readonly startedAtMs: number;
}

const traceEnding = '.trace.json';

/**
 * The files of the traces that are meant: one, or all of a run.
 * @throws HarnessError `usage` where there are none.
 */
export function traceFiles(what: string): readonly string[] {
  const found = statSync(what, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return tracesIn(what);
  if (found?.isFile() === true) return [what.endsWith('.jsonl') ? traceOfFinding(what) : what];
  const kept = runs().map((run) => join(run, traceName(what)));
  const file = kept.find((one) => existsSync(one));
  if (file !== undefined) return [file];
  throw usage(`'${what}' is no file, no folder, and no finding under reports/ has that id`);
}

/** @throws HarnessError `usage` where it cannot be read, or its protocol is unknown. */
export function exportSource(file: string): ExportSource {
  const traceText = textOf(file);
  const read = readTrace(traceText);
  if (!read.ok) throw usage(`${file} is no qkdspec-trace/1: ${read.problem}`);
  const { trace } = read;
  const protocol = protocolOf(trace.protocol, protocols);
  const report = reportOver(file);
  const readings = report === null ? {} : readingsIn(report);
  const played = report === null ? null : caseOf(protocol, report, file);
  const verdict = judge(protocol, trace, readings, played?.expect ?? null);
  const bare = judge(protocol, trace, readings).violation;
  const isOwn =
    verdict.violation !== null && verdict.violation.requirement.id !== bare?.requirement.id;
  return {
    protocol,
    trace,
    exhibit: exhibitOf(protocol, trace, verdict, readings),
    traceText,
    caseId: isOwn ? (played?.id ?? null) : null,
    name: basename(file).replace(/(?:\.trace)?\.json$/, ''),
    startedAtMs: report === null ? 0 : Date.parse(report.startedAt) || 0,
  };
}

function tracesIn(run: string): readonly string[] {
  const folder = existsSync(join(run, 'traces')) ? join(run, 'traces') : run;
  const names = readdirSync(folder).filter((name) => name.endsWith(traceEnding));
  if (names.length === 0)
    throw usage(`${run} holds no traces (${join('traces', '*')}${traceEnding})`);
  return names.sort().map((name) => join(folder, name));
}

/** Findings lie beside the traces that show them. */
function traceOfFinding(file: string): string {
  const id = basename(file, '.jsonl');
  const run = dirname(dirname(resolve(file)));
  const trace = join(run, traceName(id));
  const isFinding = basename(dirname(resolve(file))) === findingsFolder;
  if (isFinding && existsSync(trace)) return trace;
  throw usage(`${file} holds no trace of what was heard; name a finding or a trace of a run`);
}

function runs(): readonly string[] {
  if (!existsSync('reports')) return [];
  const entries = readdirSync('reports', { withFileTypes: true });
  return entries.filter((one) => one.isDirectory()).map(({ name }) => join('reports', name));
}

/** The report of the run that a trace belongs to; `null`: there is none that we can read. */
function reportOver(file: string): Report | null {
  try {
    return readRun(dirname(dirname(resolve(file)))).report;
  } catch {
    return null;
  }
}

function caseOf({ cases }: Protocol, { results }: Report, file: string): Case | null {
  const told = results.find(({ trace }) => trace !== null && basename(trace) === basename(file));
  return cases.find(({ id }) => id === told?.id) ?? null;
}

function readingsIn({ profile: { readings } }: Report): Readings {
  if (typeof readings !== 'object' || readings === null) return {};
  return Object.fromEntries(
    Object.entries(readings).filter(([, reading]) => typeof reading === 'string'),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw usage(`cannot read ${file}: ${codeOf(cause)}`, { cause });
  }
}
