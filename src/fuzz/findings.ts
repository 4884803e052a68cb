import type { Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import type { FallViolation } from './target-care.ts';

/** Findings that are told apart; a target that breaks everything is broken enough. */
const maxFindings = 200;

/** The findings of one campaign, each once. */
export class Findings {
  readonly #byId: Map<string, Finding>;

  constructor(known: readonly Finding[]) {
    this.#byId = new Map(known.map((finding) => [finding.id, finding]));
  }

  get list(): readonly Finding[] {
    return [...this.#byId.values()];
  }

  get isFull(): boolean {
    return this.#byId.size >= maxFindings;
  }

  find(id: string): Finding | null {
    return this.#byId.get(id) ?? null;
  }

  /** It showed once more. */
  count(known: Finding): void {
    this.#byId.set(known.id, { ...known, times: known.times + 1 });
  }

  put(finding: Finding): void {
    this.#byId.set(finding.id, finding);
  }
}

/** What showed a violation. */
export interface Evidence {
  readonly trace: Trace;
  readonly steps: readonly Step[];
  readonly seed: number;
  /** Messages of the campaign so far. */
  readonly messages: number;
}

/** A violation as a finding that showed once. */
export function findingOf(
  id: string,
  violation: Violation | FallViolation,
  { trace, steps, seed, messages }: Evidence,
): Finding {
  const { requirement, kind, explanation, expected, actual } = violation;
  return {
    id,
    requirement: requirement.id,
    citation: `${requirement.cite.document}, ${requirement.cite.section}`,
    kind,
    explanation,
    expected: expected.map(({ outcome }) => outcome),
    actual,
    messagesToDetection: messages,
    times: 1,
    sessionSeed: seed,
    steps,
    minimalMessages: framesIn(trace),
    trace,
  };
}

/** Of two findings of the same the shorter one, with what both say of it. */
export function joined(left: Finding, right: Finding): Finding {
  const shorter = right.steps.length < left.steps.length ? right : left;
  return {
    ...shorter,
    times: left.times + right.times,
    messagesToDetection: Math.min(left.messagesToDetection, right.messagesToDetection),
  };
}

function framesIn({ events }: Trace): number {
  return events.filter(({ kind }) => kind === 'sent' || kind === 'received').length;
}
