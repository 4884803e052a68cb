import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result, Scope } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';

/** Which cases a run is about, and which of their places in the whole run it has. */
export interface Part extends Omit<Scope, 'stopped' | 'shard'> {
  /** `null`: not divided. Places are those of the planned cases; `total` counts all of them. */
  readonly shard: (NonNullable<Scope['shard']> & { readonly total: number }) | null;
}

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
  /** Which part of everything that is, for the report. */
  readonly part?: Part;
  /** True for a failure that is known: it does not count as one that ends the run. */
  readonly isKnown?: (result: Result) => boolean;
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
