import { isAbsolute, join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict, VerdictName } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { counted } from '#src/report/text.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { readingsOf } from './check-layer.ts';
import { flagLayer, layerOf } from './layer.ts';
import type { Screen } from './screen.ts';
import { readRun } from './stored-run.ts';
import { protocolOf } from './target-url.ts';
import { usage } from './usage.ts';

/** How a run is judged again. */
interface Rejudging {
  /** `<ambiguity>=<reading>`, besides what the run pinned. */
  readonly reading: readonly string[];
  /** For a program. */
  readonly json: boolean;
  readonly screen: Screen;
}

/** One trace that was judged again. */
interface Rejudged {
  readonly id: string;
  readonly trace: string;
  readonly before: VerdictName;
  readonly after: VerdictName;
  /** What the judge says now where that is something else; `null`: as before. */
  readonly change: string | null;
}

/**
 * Judges every trace of a stored run again, tells what changed, and returns the exit code: 1 where
 * one fails now.
 * @throws HarnessError `usage` for a folder without a run or without traces, or an unknown reading.
 */
export function rejudging(path: string, { reading, json, screen }: Rejudging): number {
  const { folder, report } = readRun(path);
  const protocol = protocolOf(report.target.protocol, protocols);
  const kept = report.results.filter((result) => result.trace !== null);
  if (kept.length === 0) {
    throw usage(`${path} holds no traces; --capture, or captures: all, keeps those of all cases`);
  }
  const stored = layerOf(null, { readings: report.profile['readings'] ?? {} }, () => `${path}: `);
  const pinned = {
    ...readingsOf(stored, protocol),
    ...readingsOf(flagLayer({ reading }), protocol),
  };
  const cases = new Map(protocol.cases.map((one) => [one.id, one]));
  const all = kept.map((result) =>
    rejudged(protocol, result, {
      pinned,
      played: cases.get(result.id),
      trace: traceOf(folder, result.trace ?? ''),
    }),
  );
  if (json) screen.out(`${JSON.stringify(all, null, 2)}\n`);
  else screen.out(shown(all, report.results.length));
  return all.some(({ after }) => after === 'fail') ? 1 : 0;
}

function shown(all: readonly Rejudged[], results: number): string {
  const changed = all.filter(({ change }) => change !== null);
  const lines = changed.map(
    ({ id, before, after, change }) => `${id}: ${before} before, ${after} now\n  ${change}\n`,
  );
  const same = all.length - changed.length;
  const last = `${counted(all.length, 'trace')} of ${counted(results, 'result')} judged again: `;
  return `${lines.join('')}${last}${same} as before, ${changed.length} changed\n`;
}

function rejudged(
  protocol: Protocol,
  result: Result,
  about: {
    readonly pinned: Readonly<Record<string, string>>;
    readonly played: Case | undefined;
    readonly trace: Trace;
  },
): Rejudged {
  const { pinned, played, trace } = about;
  const { id, verdict: before } = result;
  /** What a case wants says nothing of a play that was over before the case was. */
  const isCut = before === 'untestable' || before === 'notApplicable';
  const verdict = judge(protocol, trace, pinned, isCut ? null : (played?.expect ?? null));
  const after = isSame(result, verdict) ? before : verdict.verdict;
  const { violation, readings, note } = verdict;
  const said = violation?.explanation ?? note ?? readings.join(', ');
  const shownAs = { id, trace: result.trace ?? '', before, after };
  return { ...shownAs, change: after === before ? null : said };
}

/** Whether a verdict bears out what was told: some of that no trace can show. */
function isSame({ verdict: before, kind, requirements }: Result, now: Verdict): boolean {
  if (now.verdict === before) return true;
  const isBroken = now.violation !== null;
  switch (before) {
    case 'untestable':
    case 'notApplicable':
    case 'error':
      return !isBroken;
    case 'flaky':
      return kind === 'crash' || (isBroken && requirements.includes(now.violation.requirement.id));
    case 'fail':
      return kind === 'crash';
    default:
      return false;
  }
}

/** @throws HarnessError `usage` where it is not there, or is no trace. */
function traceOf(folder: string, file: string): Trace {
  const path = isAbsolute(file) ? file : join(folder, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw usage(`cannot read the trace ${path}`, { cause });
  }
  const read = readTrace(text);
  if (!read.ok) throw usage(`${path} is no qkdspec-trace/1: ${read.problem}`);
  return read.trace;
}
