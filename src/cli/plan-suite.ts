import type { SuitePlan } from '#src/suite/suite.ts';
import { casesFor } from './conform.ts';
import type { Subject } from './profile.ts';

/** Which cases of the suite are run, and how. */
export interface SuiteChoice {
  /** Paths and tags, as on the command line; everything without them. */
  readonly selectors?: readonly string[];
  /** `must`, `should` or `may`: only cases of this level and above. Default `may`. */
  readonly level?: string;
  /** The source of all chance. Default 42. */
  readonly seed?: number;
  /** How often a failing case is played again. Default 2. */
  readonly retries?: number;
  readonly maxFailures?: number;
  readonly signal?: AbortSignal;
}

/**
 * A run of the conformance suite against a target.
 * @throws HarnessError `usage` for an unknown selector or level, and where nothing is left to run.
 */
export function planSuite(subject: Subject, choice: SuiteChoice = {}): SuitePlan {
  const { selectors = [], level = 'may', seed = 42, retries = 2, maxFailures = null } = choice;
  return {
    ...subject,
    cases: casesFor(subject, selectors, level),
    seed,
    retries,
    maxFailures,
    signal: choice.signal ?? new AbortController().signal,
  };
}
