import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';

/** One run of some cases against one target. */
export interface SuitePlan {
  readonly protocol: Protocol;
  readonly profile: Profile;
  /** What to run, in order; not empty. */
  readonly cases: readonly Case[];
  /**
   * Also plays the `choice` cases of states that the target turned out to lead to by itself: the
   * whole suite does, a selection does not.
   */
  readonly followsChoices?: boolean;
  readonly seed: number;
  /** How often a failing case is played again. */
  readonly retries: number;
  /** Ends the run after so many failures. */
  readonly maxFailures: number | null;
  /** A reference side may be talked to without sockets: what is waited for in vain takes no time. */
  readonly inMemory?: boolean;
  /** Aborted on Ctrl-C: the run ends, what is known is reported. */
  readonly signal: AbortSignal;
}
