import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { counted } from '#src/report/text.ts';
import { readingsOf } from './check-layer.ts';
import { keptIn } from './fuzz-captures.ts';
import { flagLayer, layerOf } from './layer.ts';
import type { Screen } from './screen.ts';
import { likeness, rejudgedSessions, type Rejudged } from './rejudging-sessions.ts';
import { readRun } from './stored-run.ts';
import { storedTrace } from './stored-trace.ts';
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

/**
 * Judges every trace of a stored run again, tells what changed, and returns the exit code: 1 where
 * one fails now.
 * @throws HarnessError `usage` for a folder without a run or without traces, or an unknown reading.
 */
export function rejudging(path: string, { reading, json, screen }: Rejudging): number {
  const { folder, report } = readRun(path);
  const protocol = protocolOf(report.target.protocol, protocols);
  const kept = report.results.filter((result) => result.trace !== null);
  const sessions = keptIn(folder);
  if (kept.length === 0 && sessions.length === 0) {
    throw usage(
      `${path} holds no traces; --capture, or captures: all, keeps those of all cases and sessions`,
    );
  }
  const stored = layerOf(null, { readings: report.profile['readings'] ?? {} }, () => `${path}: `);
  const pinned = {
    ...readingsOf(stored, protocol),
    ...readingsOf(flagLayer({ reading }), protocol),
  };
  const cases = new Map(protocol.cases.map((one) => [one.id, one]));
  const results = kept.map((result) =>
    rejudged(protocol, result, {
      pinned,
      played: cases.get(result.id),
      trace: storedTrace(folder, result.trace ?? ''),
    }),
  );
  const captured = rejudgedSessions({ protocol, report, folder, pinned });
  const all = [...results, ...captured];
  if (json) screen.out(`${JSON.stringify(all, null, 2)}\n`);
  else screen.out(shown(all, { results: report.results.length, sessions: captured.length }));
  return all.some(({ after }) => after === 'fail') ? 1 : 0;
}

function shown(
  all: readonly Rejudged[],
  of: { readonly results: number; readonly sessions: number },
): string {
  const changed = all.filter(({ change }) => change !== null);
  const lines = Object.values(Object.groupBy(changed, likeness)).flatMap((alike = []) => {
    const [first] = alike;
    if (first === undefined) return [];
    const more = alike.length === 1 ? '' : ` (and ${alike.length - 1} more alike)`;
    const { id, before, after, change } = first;
    return [`${id}${more}: ${before} before, ${after} now\n  ${change}\n`];
  });
  const same = all.length - changed.length;
  const sessions = of.sessions === 0 ? '' : ` and ${counted(of.sessions, 'captured session')}`;
  const told = `${counted(all.length, 'trace')} of ${counted(of.results, 'result')}${sessions}`;
  return `${lines.join('')}${told} judged again: ${same} as before, ${changed.length} changed\n`;
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
