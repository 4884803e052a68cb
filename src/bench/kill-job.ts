import type { Budget } from '#src/fuzz/campaign.ts';

/** What one thread does at a time for the kill matrix; plain, so that it can be handed over. */
export type KillJob =
  | {
      readonly kind: 'mutant';
      readonly protocol: string;
      readonly mutant: string;
      /** True where the suite is run against it as well. */
      readonly suite: boolean;
      /** One campaign each. */
      readonly seeds: readonly number[];
      readonly budget: Budget;
      readonly feedback: boolean;
    }
  | {
      readonly kind: 'correct';
      readonly protocol: string;
      readonly peer: Correct;
      readonly seed: number;
      readonly messages: number;
      readonly feedback: boolean;
    };

/** A side of ours without a fault, and what a campaign is told of it. */
export interface Correct {
  readonly side: string;
  /** The reading that it follows, other than the assumed one: ambiguity's key, reading's name. */
  readonly reading: { readonly key: string; readonly name: string } | null;
  /** True where the profile pins that reading; else it is for the judge to find out. */
  readonly told: boolean;
}

/** What the suite came to against a mutant: it ends when a case names the right requirement. */
export interface SuiteKill {
  /** The first case that failed for what the mutant breaks, else the first that failed. */
  readonly killer: string | null;
  /** True where that is the requirement that the mutant breaks. */
  readonly right: boolean;
  /** Why the run ended where nothing failed. */
  readonly because: string | null;
}

/** What one campaign came to against a mutant: it ends when a shrunk finding is the right one. */
export interface CampaignKill {
  readonly seed: number;
  readonly messages: number;
  /** Messages before anything was found; `null`: nothing was. */
  readonly detectedAfter: number | null;
  /** Messages before the right requirement was named. */
  readonly rightAfter: number | null;
  /** True where the first finding named it. */
  readonly rightFirst: boolean;
  /** What the findings name, in their order, each once. */
  readonly named: readonly string[];
  /** Frames of the shortest trace of a right finding, both directions. */
  readonly minimalMessages: number | null;
  /** The right finding, else the first, played again: how often it showed. */
  readonly replayed: { readonly shown: number; readonly of: number } | null;
  /** Why there was no campaign. */
  readonly because: string | null;
}

/** One mutant in the matrix. */
export interface MutantRow {
  readonly kind: 'mutant';
  readonly protocol: string;
  readonly mutant: string;
  readonly side: string;
  readonly title: string;
  /** Id of the requirement. */
  readonly breaks: string;
  readonly shortest: number;
  readonly deep: boolean;
  /** `null` where it was not run. */
  readonly suite: SuiteKill | null;
  readonly campaigns: readonly CampaignKill[];
  readonly durationMs: number;
}

/** Something that a campaign found wrong with a side that is right. */
export interface Alarm {
  readonly requirement: string;
  readonly explanation: string;
}

/** A campaign against a side that is right. */
export interface CorrectRow {
  readonly kind: 'correct';
  readonly protocol: string;
  readonly peer: Correct;
  readonly messages: number;
  readonly alarms: readonly Alarm[];
}

/** A job that could not be done. */
export interface FaultRow {
  readonly kind: 'fault';
  readonly job: KillJob;
  readonly message: string;
}

/** What came of a job. */
export type KillRow = MutantRow | CorrectRow | FaultRow;
