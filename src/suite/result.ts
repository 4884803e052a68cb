import type { Case } from '#src/contract/case.ts';
import type { Result } from '#src/contract/report.ts';
import { caseVersion } from '#src/gate/case-version.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import type { Bench } from './run-case.ts';

/** What a case came to, as the report holds it. */
export function resultOf(
  bench: Bench,
  played: Case,
  came: {
    readonly verdict: Verdict;
    readonly trace: Trace;
    readonly durationMs: number;
    readonly tries: Result['tries'];
  },
): Result {
  const { verdict, trace, durationMs, tries } = came;
  const { violation } = verdict;
  const broken = violation === null ? [] : [violation.requirement];
  const requirements = [...new Set([...broken, ...played.covers])];
  return {
    id: played.id,
    version: caseVersion(played),
    title: played.title,
    protocol: bench.protocol.name,
    side: played.against,
    verdict: verdict.verdict,
    kind: violation?.kind ?? null,
    level: verdict.level ?? played.covers[0]?.level ?? null,
    requirements: requirements.map((row) => row.id),
    citations: [...new Set(requirements.map((row) => `${row.cite.document}, ${row.cite.section}`))],
    reading: verdict.readings,
    expected: violation?.expected ?? [],
    actual: violation?.actual ?? null,
    explanation: violation?.explanation ?? verdict.note,
    messages: trace.events.filter((event) => event.kind === 'sent' || event.kind === 'received')
      .length,
    durationMs: Math.round(durationMs * 100) / 100,
    tries,
    trace: null,
    replay: replayCommand(bench, played),
  };
}

/** A case that the profile excuses: nothing was played. */
export function notApplicable(bench: Bench, played: Case, why: string) {
  const trace: Trace = {
    protocol: bench.protocol.name,
    dialect: bench.profile.dialect,
    peer: bench.profile.side,
    options: bench.profile.options,
    seed: bench.seed,
    events: [],
  };
  const coverage = { states: new Set<string>(), transitions: new Set<string>() };
  const verdict: Verdict = {
    verdict: 'notApplicable',
    level: null,
    readings: [],
    violation: null,
    note: why,
    coverage,
  };
  const tries = { failed: 0, of: 0 };
  return {
    result: resultOf(bench, played, { verdict, trace, durationMs: 0, tries }),
    trace,
    coverage,
  };
}

function replayCommand(bench: Bench, played: Case): string {
  const { profile, reach, seed } = bench;
  const target = reach.url.startsWith('cmd:') ? `'${reach.url}'` : reach.url;
  return `qkdspec test ${played.id} --target ${target} --side ${profile.side} --seed ${seed}`;
}
