import type { Requirement } from '#models/language/index.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { Verdict } from '#src/contract/verdict.ts';

/** Which side of which session it is about. */
export interface Party {
  readonly protocol: Protocol;
  readonly session: number;
  readonly side: string;
  /** Where the client came from, and whom it was passed on to. */
  readonly between: string;
}

/** What is demanded of a session is the model: it has no version of its own. */
const version = 'v00000001';

/** What one side of a session came to, as the report holds it. */
export function resultOf(
  { protocol, session, side, between }: Party,
  came: {
    readonly verdict: Verdict;
    readonly messages: number;
    readonly durationMs: number;
    readonly trace: string | null;
    readonly replay: string;
    /** What was demanded of it where it was. */
    readonly covered: readonly Requirement[];
  },
): Result {
  const { verdict, messages, durationMs, trace, replay, covered } = came;
  const { violation, level, readings, note } = verdict;
  const broken = violation === null ? [] : [violation.requirement];
  const requirements = [...new Set([...broken, ...covered])];
  return {
    id: `proxy/${protocol.name}/${session}/${side}`,
    version,
    title: `${side} in session ${session} (${between})`,
    protocol: protocol.name,
    side,
    verdict: verdict.verdict,
    kind: violation?.kind ?? null,
    level,
    requirements: requirements.map((row) => row.id),
    citations: [...new Set(requirements.map((row) => `${row.cite.document}, ${row.cite.section}`))],
    reading: readings,
    expected: violation?.expected ?? [],
    actual: violation?.actual ?? null,
    explanation: violation === null ? note : violation.explanation,
    messages,
    durationMs: Math.round(durationMs * 100) / 100,
    tries: { failed: verdict.verdict === 'fail' ? 1 : 0, of: 1 },
    trace,
    replay,
  };
}
