import type { Step } from './fuzz.ts';
import type { Trace } from './trace.ts';
import type { ViolationKind } from './verdict.ts';

/** What a campaign found wrong, once: everything that shows the same is counted with it. */
export interface Finding {
  /** Stable for the same defect: `<protocol>-<side>-<hash of requirement, kind and shape>`. */
  readonly id: string;
  readonly requirement: string;
  readonly citation: string;
  readonly kind: ViolationKind | 'hang' | 'leak';
  readonly explanation: string;
  readonly expected: readonly string[];
  readonly actual: string;
  /** Messages of the campaign before it showed first, both directions. */
  readonly messagesToDetection: number;
  /** How often it showed. */
  readonly times: number;
  /** The seed of the session that showed it, and what was done in it: the shortest known. */
  readonly sessionSeed: number;
  readonly steps: readonly Step[];
  /** Frames of the trace that shows it, both directions. */
  readonly minimalMessages: number;
  readonly trace: Trace;
}

/** How far a campaign is. */
export interface CampaignState {
  readonly messages: number;
  readonly sessions: number;
  readonly elapsedMs: number;
  /** Distinct `<states>:<step>><what was heard>`: what the campaign has seen come of what. */
  readonly triples: ReadonlySet<string>;
  /** New triples in the last minute. */
  readonly fresh: number;
  readonly states: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
  readonly restarts: number;
  readonly health: 'well' | 'restarting' | 'gone';
  readonly findings: readonly Finding[];
}
