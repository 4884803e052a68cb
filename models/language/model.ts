import type { AnyStateMachine } from 'xstate';
import type { Ambiguity } from './ambiguity.ts';
import type { MessageRow } from './message.ts';
import type { Requirement } from './requirement.ts';

/** What a machine's state may say of itself. */
export interface StateMeta {
  /** The requirements that decide what is allowed in this state. */
  readonly covers?: readonly Requirement[];
  /** Excluded from coverage and generated cases: why. */
  readonly aside?: string;
}

/** Everything that the documents say of one protocol. */
export interface Model {
  readonly protocol: string;
  readonly title: string;
  /** Short name (as cited) to full title and edition. */
  readonly documents: Readonly<Record<string, string>>;
  readonly sides: readonly string[];
  /** The side that waits for connections. */
  readonly server: string;
  readonly messages: Readonly<Record<string, MessageRow>>;
  readonly requirements: Readonly<Record<string, Requirement>>;
  readonly ambiguities: Readonly<Record<string, Ambiguity>>;
  /** Events are `<side>.<message>`, `<side>.<flaw>`, `<side>.closes` and `<side>.withdraws`. */
  readonly session: AnyStateMachine;
  /**
   * Strict request and response: the client speaks while nothing is owed, the server only while
   * it owes (`owes:<side>`) or may speak (`may:<side>`).
   */
  readonly turnTaking: boolean;
  /** `many`: a session runs over several at once, and what lies on different ones has no order. */
  readonly connections?: 'many';
  /** What a guard demands, for explanations: by the guard's name. */
  readonly guards: Readonly<Record<string, Requirement>>;
  /** Which requirement a side breaks where no state or guard names one: by side. */
  readonly blame: Readonly<Record<Blame, Readonly<Record<string, Requirement>>>>;
  /** Which requirement a side breaks that falls silent within a frame, where one is named. */
  readonly unfinished?: Requirement;
  /** What a side breaks that goes on wrongly after a message of the other side: by that message. */
  readonly after?: Readonly<Record<string, Requirement>>;
  /** What a side breaks that says a message too early: by the message. */
  readonly early?: Readonly<Record<string, Requirement>>;
}

/**
 * `outOfTurn`: spoke while it was not its turn · `wrongMessage`: said what the state does not
 * offer · `silence`: owed an answer and gave none · `closing`: closed where it must not.
 */
export type Blame = 'outOfTurn' | 'wrongMessage' | 'silence' | 'closing';
