import type { Invocation, Log, Notification, Run } from 'sarif';
import { instantMs, instantText } from '#src/base/clock.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { Sources } from './format.ts';
import { gateComplaints } from './gate-lines.ts';
import { ruleOf } from './sarif-rule.ts';
import { profileArtifact } from './sarif-place.ts';
import { kindOf, levelOf, sarifResult, severity } from './sarif-result.ts';
import { printable } from './text.ts';

/** GitHub refuses a run with more. */
const mostResults = 25_000;
const mostNotifications = 100;

/**
 * What went wrong, as SARIF 2.1.0: requirements are its rules, cases its results. What passed is in
 * no result: GitHub takes every one for a problem, whatever its kind says.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */
export function sarifReport(report: Report, sources: Sources): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, sources)],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(report: Report, sources: Sources): Run {
  const { tool, target, seed, coverage, summary } = report;
  const problems = report.results.filter(({ verdict }) => kindOf(verdict) !== null);
  const told = problems.toSorted(bySeverity).slice(0, mostResults);
  const ids = [...new Set(told.flatMap(({ requirements }) => requirements[0] ?? []))];
  const rules = ids.map((id) => ruleOf(id, report, sources));
  const indices = new Map(ids.map((id, index) => [id, index]));
  const { folder, protocol } = sources;
  const states = new Map((protocol?.cases ?? []).map(({ id, from }) => [id, from]));
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules,
        notifications: [{ id: 'ended' }],
      },
    },
    automationDetails: { id: `qkdspec/${target.protocol}/${target.side}/` },
    invocations: [invocation(report, problems.length - told.length)],
    ...artifacts(report),
    results: told.map((result) => sarifResult(result, { report, folder, indices, states })),
    columnKind: 'utf16CodeUnits',
    properties: { target: target.url, seed, coverage, summary },
  };
}

/** Files that say how the run was made. */
function artifacts({ profile }: Report): Pick<Run, 'artifacts'> {
  const location = profileArtifact(profile);
  if (location === null) return {};
  return { artifacts: [{ location, roles: ['userSpecifiedConfiguration'] }] };
}

/** Errors first: where there are too many, the worst stay. */
function bySeverity(left: Result, right: Result): number {
  return severity(levelOf(right)) - severity(levelOf(left));
}

/** Exit codes of runs that went through, whatever they found. */
const wholeRuns: readonly number[] = [0, 1, 4];

function invocation(report: Report, left: number): Invocation {
  const { exit, startedAt, durationMs } = report;
  const endedAt = instantText(instantMs(startedAt) + durationMs);
  const isWhole = wholeRuns.includes(exit.exitCode);
  const said = (level: 'error' | 'warning', text: string): Notification => ({
    descriptor: { id: 'ended' },
    level,
    message: { text: printable(text) },
  });
  return {
    executionSuccessful: isWhole,
    exitCode: exit.exitCode,
    exitCodeDescription: printable(exit.because),
    startTimeUtc: startedAt,
    endTimeUtc: endedAt,
    toolExecutionNotifications: [
      ...(isWhole ? [] : [said('error', exit.because)]),
      ...gateComplaints(report)
        .slice(0, mostNotifications)
        .map(({ label, id, why }) => said('warning', `${label} ${id}: ${why}`)),
      ...(left === 0 ? [] : [said('warning', `${left} more results are in report.json alone`)]),
    ],
  };
}
