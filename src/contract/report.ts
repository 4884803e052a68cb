import type { Level } from '#models/language/index.ts';
import type { Finding } from './finding.ts';
import type { Trace } from './trace.ts';
import type { Outcome, VerdictName, ViolationKind } from './verdict.ts';

/** What one case came to. */
export interface Result {
  readonly id: string;
  /** Another one where what the case demands has changed. */
  readonly version: string;
  readonly title: string;
  readonly protocol: string;
  readonly side: string;
  readonly verdict: VerdictName;
  readonly kind: ViolationKind | Finding['kind'] | null;
  readonly level: Level | null;
  /** The broken requirement first, then what the case covers. */
  readonly requirements: readonly string[];
  /** `<document>, <section>`, in the order of the requirements. */
  readonly citations: readonly string[];
  /** Readings other than the assumed ones that it takes, `<key>=<reading>`. */
  readonly reading: readonly string[];
  readonly expected: readonly Outcome[];
  readonly actual: string | null;
  readonly explanation: string | null;
  readonly messages: number;
  readonly durationMs: number;
  /** How often it failed of how many tries. */
  readonly tries: { readonly failed: number; readonly of: number };
  /** File of the trace, relative to the run's folder; `null` where it was not kept. */
  readonly trace: string | null;
  /** The command that plays it again. */
  readonly replay: string;
  /** What the list of known failures says of it, where it names it. */
  readonly known?: Known;
}

/** What a list of known failures says of a result. */
export interface Known {
  /**
   * `expectedFail`: it fails as it is known to · `unexpectedPass`: it does not fail any more ·
   * `changed`: it fails otherwise, or demands something else · `expired`: it was known for too long.
   */
  readonly standing: 'expectedFail' | 'unexpectedPass' | 'changed' | 'expired';
  /** What is not as it is known, in a few words; `null` where everything is. */
  readonly why: string | null;
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** How a run stood against a list of known failures. */
export interface Gate {
  /** Where the list lies. */
  readonly file: string;
  /** Of those that the run was about. */
  readonly entries: number;
  /** Entries that nothing answers to, and why. */
  readonly unused: readonly { readonly id: string; readonly why: string }[];
  /** Entries that have expired. */
  readonly expired: readonly string[];
}

/** Which part of everything a run was about, and whether it came to its end. */
export interface Scope {
  /** Paths and tags that chose the cases. */
  readonly selectors: readonly string[];
  readonly level: string;
  /** True where that is everything that a run without wishes plays. */
  readonly every: boolean;
  readonly shard: Shard | null;
  /** What ended it early: a fault or Ctrl-C with its exit code, a limit without one. */
  readonly stopped: {
    readonly exitCode: Ending['exitCode'] | null;
    readonly because: string;
  } | null;
}

/** One part of a run that was divided. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Where each result stands in the whole run, in the order of the results. */
  readonly places: readonly number[];
}

export interface Share {
  readonly hit: number;
  readonly total: number;
}

export type Summary = Readonly<Record<VerdictName | 'expectedFail' | 'unexpectedPass', number>>;

/** What a reader should know of what was spoken, however well: nobody is judged by it. */
export interface Note {
  readonly requirement: string;
  /** `<document>, <section>` */
  readonly citation: string;
  readonly text: string;
}

/** Why a run ended, with its exit code. @see README, Exit codes */
export interface Ending {
  readonly exitCode: 0 | 1 | 2 | 3 | 4 | 5 | 130;
  readonly because: string;
}

/** A finding of a campaign, as the JSON report holds it. */
export interface FoundResult extends Omit<Finding, 'steps' | 'sessionSeed' | 'trace'> {
  /** Of the session that showed it. */
  readonly seed: number;
  /** File of the minimal trace, relative to the run's folder. */
  readonly trace: string | null;
  /** The command that plays it again. */
  readonly replay: string;
}

/** What a campaign did and found. */
export interface FuzzReport {
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly sessions: number;
  readonly triples: number;
  readonly restarts: number;
  readonly findings: readonly FoundResult[];
}

/** A whole run, as the JSON report holds it. */
export interface Report {
  readonly schema: 'qkdspec-report/1';
  readonly tool: { readonly name: 'qkdspec'; readonly version: string; readonly node: string };
  readonly seed: number;
  readonly target: { readonly url: string; readonly side: string; readonly protocol: string };
  readonly profile: Readonly<Record<string, unknown>>;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly summary: Summary;
  readonly coverage: {
    readonly states: Share;
    readonly transitions: Share;
    readonly requirements: Share;
    /** The names of what was hit, for whoever draws the machine or joins runs. */
    readonly reached?: {
      readonly states: readonly string[];
      readonly transitions: readonly string[];
      readonly requirements: readonly string[];
    };
  };
  readonly exit: Ending;
  readonly scope?: Scope;
  /** Where a list of known failures was given. */
  readonly gate?: Gate;
  readonly results: readonly Result[];
  readonly notes: readonly Note[];
  /** Of fuzzing runs only. */
  readonly fuzz?: FuzzReport;
}

/** What a run tells while it runs. */
export type Progress =
  | { readonly kind: 'began'; readonly total: number; readonly url: string }
  | {
      readonly kind: 'result';
      readonly result: Result;
      readonly trace: Trace;
      readonly done: number;
    }
  | { readonly kind: 'note'; readonly text: string };
