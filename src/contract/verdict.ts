import type { Level, Requirement } from '#models/language/index.ts';

/** What the judge can say of a case. @see README, Verdicts */
export const verdictNames = {
  pass: 'as the assumed reading demands',
  reading: 'allowed under a named reading other than the assumed one',
  warn: 'a SHOULD is broken',
  fail: 'a MUST is broken',
  flaky: 'failed in some of the tries only',
  untestable: 'a precondition could not be reached',
  notApplicable: 'the profile declares that the target does not do this',
  error: 'the harness broke',
} as const;

export type VerdictName = keyof typeof verdictNames;

/** One outcome that was allowed, and why. */
export interface Outcome {
  readonly outcome: string;
  readonly why: string;
}

/** How a peer broke a requirement. `crash`: the connection or process died. */
export type ViolationKind = 'answer' | 'content' | 'frame' | 'silence' | 'closed' | 'crash';

/** One broken requirement, and where in the trace. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly requirement: Requirement;
  readonly expected: readonly Outcome[];
  readonly actual: string;
  /** Two or three sentences: after what, what the model allows and why, what came, the difference. */
  readonly explanation: string;
  /** Index of the trace event that shows it. */
  readonly at: number;
}

/** What the judge says of one trace. */
export interface Verdict {
  readonly verdict: VerdictName;
  readonly level: Level | null;
  /** Ambiguities that had to be read otherwise than assumed, `<key>=<reading>`. */
  readonly readings: readonly string[];
  readonly violation: Violation | null;
  /** Why a verdict other than `fail` and `warn` is not `pass`. */
  readonly note: string | null;
  readonly coverage: Coverage;
}

/** The leaves and transitions of the machine that a trace went through. */
export interface Coverage {
  readonly states: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
}
