import type { Readings, Requirement } from '#models/language/index.ts';
import type { Perceived, Utterance } from './frame.ts';
import type { Ending } from './trace.ts';
import type { Violation } from './verdict.ts';

/** What came of waiting for the peer. */
export type Heard =
  | { readonly kind: 'frame'; readonly perceived: Perceived }
  | { readonly kind: 'closed'; readonly how: Ending }
  | { readonly kind: 'silence' };

/** How a case speaks: as the side that is not under test, from where the walk has led. */
export interface CasePlayer<Bend extends object = object> {
  /** Says a message, canonical but for what is given, and hears what is owed for it. */
  say(message: string, bend?: Omit<Utterance<Bend>, 'message'>): Promise<Heard | null>;
  /** Sends without waiting. */
  send(message: string, bend?: Omit<Utterance<Bend>, 'message'>): void;
  /** Sends bytes that are no message of the protocol. */
  write(bytes: Uint8Array): void;
  /** The canonical content of a message, as it would be said now. */
  content(message: string): unknown;
  /** The bytes of a message, not sent. */
  compose(message: string, bend?: Omit<Utterance<Bend>, 'message'>): Uint8Array;
  /** Waits for one frame, an ending, or the time limit. */
  hear(limitMs?: number): Promise<Heard>;
  /** Hears whatever comes for so long. */
  listen(ms: number): Promise<void>;
  /** Goes on by the shortest legal path to a state. */
  walk(state: string): Promise<void>;
  /** Leaves the connection (FIN, or RST) and opens another: a new session. */
  reconnect(how?: 'end' | 'reset'): Promise<void>;
  /** Opens another connection beside this one, which stays open and is heard no more. */
  beside(): Promise<void>;
  /** Waits without listening. */
  pause(ms: number): Promise<void>;
  /** What the machine remembers on the likeliest reading. */
  readonly context: unknown;
}

/** A frame of the trace, as the judge saw it. */
export interface JudgedFrame {
  readonly by: 'peer' | 'player';
  readonly perceived: Perceived;
  /** Which connection of the trace it came over, from 0. */
  readonly session: number;
  /** Index of its trace event, and when that happened. */
  readonly at: number;
  readonly atMs: number;
}

/** Something that a case demands beyond what the model demands of every trace. */
export interface Expectation {
  /** What breaks it under the readings in force, or `null`. */
  check(frames: readonly JudgedFrame[], readings: Readings): Violation | null;
  /** What is expected, for people. */
  readonly text: string;
}

/** One conformance check: a record. The model judges its whole trace; `expect` adds to that. */
export interface Case<Bend extends object = object> {
  /** Stable, never positional, never reused: `<protocol>/<topic>/<name>`. */
  readonly id: string;
  readonly title: string;
  readonly covers: readonly Requirement[];
  /** The side under test; we play another. */
  readonly against: string;
  /** The state it begins in, reached by the shortest legal path. */
  readonly from?: string;
  readonly play?: (player: CasePlayer<Bend>) => Promise<unknown>;
  readonly expect?: Expectation;
  /** The dialects that it is about; all of them without it. */
  readonly dialects?: readonly string[];
  /** `hostile`: sends what no honest peer sends · `slow` · `destructive`: changes the target. */
  readonly tags?: readonly string[];
  /** Leaves the target in `from` when it passes: the connection may serve the next case. */
  readonly reusable?: boolean;
}
