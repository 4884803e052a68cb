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
  /** Events are `<side>.<message>`, `<side>.<flaw>` and `<side>.closes`. */
  readonly session: AnyStateMachine;
  /** What a guard demands, for explanations: by the guard's name. */
  readonly guards: Readonly<Record<string, Requirement>>;
  /** Broken when a side speaks while it is not its turn. */
  readonly outOfTurn: Requirement;
  /** Broken when a side says, in its turn, what the state does not offer. */
  readonly wrongMessage: Requirement;
  /** Broken when a side owes an answer and says nothing. */
  readonly silence: Requirement;
  /** Broken when a side closes the connection where it must not. */
  readonly closing: Readonly<Record<string, Requirement>>;
}
