import type { AnyStateNode } from 'xstate';
import manifest from '../../package.json' with { type: 'json' };
import type { Requirement } from '#models/language/index.ts';
import { nodeVersion } from '#src/base/platform.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Ending, FoundResult, Report, Result, Scope } from '#src/contract/report.ts';
import { summaryOf } from '#src/gate/ending.ts';
import { resultOfCleanCampaign, resultOfFinding } from '#src/report/fuzz-finding.ts';
import { notesOf } from '#src/suite/notes.ts';
import { traceName } from './fuzz-names.ts';
import type { Subject } from './profile.ts';

/** A campaign that is over, for its report. */
export interface CampaignOver {
  readonly subject: Subject;
  readonly seed: number;
  readonly url: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly state: CampaignState;
  readonly ending: Ending;
  /** Which part of the campaign it is, from 0. */
  readonly shard: { readonly index: number; readonly of: number } | null;
  /** The command that plays a finding again. */
  readonly replay: (finding: Finding) => string;
  /** The command that runs the campaign again. */
  readonly again: string;
}

/** The report of a campaign: its findings as results, and as what they are. */
export function fuzzReport(over: CampaignOver): Report {
  const { subject, seed, url, startedAt, durationMs, state, ending } = over;
  const { protocol, profile } = subject;
  const findings = state.findings.map((finding) => foundResult(finding, over.replay(finding)));
  const results = resultsOf(over, findings);
  return {
    schema: 'qkdspec-report/1',
    tool: { name: 'qkdspec', version: manifest.version, node: nodeVersion },
    seed,
    target: { url, side: profile.side, protocol: protocol.name },
    profile: { ...profile },
    startedAt: startedAt.toISOString(),
    durationMs,
    summary: summaryOf(results),
    coverage: coverageOf(subject, state),
    exit: ending,
    scope: scopeOf(over),
    results,
    notes: notesOf(protocol, profile, state.states),
    fuzz: {
      messages: state.messages,
      messagesPerSecond: Math.round((state.messages / Math.max(1, state.elapsedMs)) * 1000),
      sessions: state.sessions,
      triples: state.triples.size,
      restarts: state.restarts,
      findings,
    },
  };
}

function scopeOf({ ending, shard }: CampaignOver): Scope {
  const places: readonly number[] = [];
  return {
    selectors: [],
    level: 'may',
    every: true,
    shard: shard === null ? null : { index: shard.index + 1, of: shard.of, places },
    stopped: ending.exitCode === 0 || ending.exitCode === 1 ? null : ending,
  };
}

/** A finding as the report holds it. */
export function foundResult(finding: Finding, replay: string): FoundResult {
  const { steps: _steps, sessionSeed, trace, ...told } = finding;
  const file = trace.events.length === 0 ? null : traceName(finding.id);
  return { ...told, seed: sessionSeed, trace: file, replay };
}

/** One finding as a result. */
export function findingResult({ protocol, profile }: Subject, found: FoundResult): Result {
  const rows = Object.values(protocol.model.requirements);
  const requirement = (id: string) => rows.find((row) => row.id === id) ?? null;
  return resultOfFinding(found, { protocol: protocol.name, side: profile.side, requirement });
}

function resultsOf(over: CampaignOver, findings: readonly FoundResult[]): readonly Result[] {
  const { subject, state, durationMs, again, ending } = over;
  if (findings.length > 0) return findings.map((found) => findingResult(subject, found));
  if (ending.exitCode !== 0) return [];
  const about = { protocol: subject.protocol.name, side: subject.profile.side };
  const { messages } = state;
  return [resultOfCleanCampaign(about, { messages, durationMs, replay: again })];
}

function coverageOf({ protocol, profile }: Subject, state: CampaignState): Report['coverage'] {
  const chart = chartOf(protocol.model.session);
  const bound = Object.values(protocol.model.requirements).filter(
    (row) => row.unobservable === undefined && [profile.side, 'any'].includes(row.binds),
  );
  const covered = new Set(coveredBy(chart.machine.root, state.states).map(({ id }) => id));
  const hit = bound.filter((row) => covered.has(row.id)).map(({ id }) => id);
  return {
    states: { hit: state.states.size, total: chart.states.length },
    transitions: { hit: state.transitions.size, total: chart.transitions.length },
    requirements: { hit: hit.length, total: bound.length },
    reached: {
      states: [...state.states].toSorted(),
      transitions: [...state.transitions].toSorted(),
      requirements: hit.toSorted(),
    },
  };
}

/** The requirements that visited states name, and those around them. */
function coveredBy(node: AnyStateNode, visited: ReadonlySet<string>): readonly Requirement[] {
  if (!isVisited(node, visited)) return [];
  const own: readonly Requirement[] = node.meta?.covers ?? [];
  return [...own, ...Object.values(node.states).flatMap((child) => coveredBy(child, visited))];
}

function isVisited(node: AnyStateNode, visited: ReadonlySet<string>): boolean {
  const below = Object.values(node.states);
  if (below.length === 0) return visited.has(node.path.slice(-2).join('.'));
  return below.some((child) => isVisited(child, visited));
}
