import type { FlawKind, Readings } from '#models/language/index.ts';
import type { Fault, Proof } from './faults.ts';
import type { Seen } from './seen.ts';
import { member, text } from './json-rpc.ts';
import { messages, type MessageName, type Method, type SaidBy } from './messages.ts';

export type Side = 'central-kms' | 'sidecar';

/** How far a connection is; the states of the region `connection` have the same names. */
export type Stage =
  | 'connecting'
  | 'upgrading'
  | 'refusing'
  | 'refused'
  | 'stranded'
  | 'connected'
  | 'registering'
  | 'challenged'
  | 'proving'
  | 'refuting'
  | 'registered'
  | 'doubtful'
  | 'suspended'
  | 'kmsFails'
  | 'sidecarFails'
  | 'kmsLeaving'
  | 'sidecarLeaving'
  | 'ended'
  | 'terminated';

/** What every event carries, as far as its receiver could read it; nothing of it is trusted. */
export interface Said {
  /** The JSON value of a text message as a whole; what the upgrade or a control frame says. */
  readonly content?: unknown;
  /** Of a flaw: what is wrong (`Fault`); worked out from flaw and content where it is absent. */
  readonly fault?: unknown;
  /** Of a challenge: which signatures hold (`Proof`); without it a legal one is right. */
  readonly proof?: unknown;
  /** Of the fault `frame`: close codes that tell of it. */
  readonly closeCodes?: unknown;
  /** True for a close frame, allowed or not: nothing of its side follows. */
  readonly leaves?: unknown;
  /** True for a message that is larger than everybody must be able to take. */
  readonly large?: unknown;
  /** What is wrong with its frames, and need not mind: names of problems. */
  readonly passedOver?: unknown;
}

/** `<side>.<message>`, `<side>.<flaw>` or `<side>.closes`. */
export type CentralKmsEvent = Said & {
  readonly type:
    | `central-kms.${SaidBy<'central-kms'> | FlawKind | 'closes'}`
    | `sidecar.${SaidBy<'sidecar'> | FlawKind | 'closes'}`;
};

/** A call that awaits its response: one for each JSON-RPC id in flight. */
export interface Call {
  readonly by: Side;
  /** With its type; `undefined` where it could not be read, or where there is none. */
  readonly id: unknown;
  /** `null` where it has none, or one that nobody knows. */
  readonly method: Method | null;
  /** What is wrong with it: it awaits an error. */
  readonly fault: Fault | null;
  readonly proof: Proof;
  /** How far the connection was when it was said. */
  readonly stage: Stage;
  /** A call with the same id of the same side awaited its response then. */
  readonly reuses?: boolean;
  /** Of a batch: its id was said before. */
  readonly again: boolean;
  /** Of an inquiry: the items of its answers so far, how many those are, and their total. */
  readonly items: readonly number[];
  readonly answers: number;
  readonly total: number | null;
  readonly content: unknown;
}

/** What both sides remember. */
export interface Conversation {
  readonly readings: Readings;
  readonly stage: Stage;
  /** What the upgrade said. */
  readonly upgrade: unknown;
  /** Calls of both sides that await a response, oldest first: two id spaces, by their `by`. */
  readonly calls: readonly Call[];
  /** Results with keys and challenge, newest last. */
  readonly grants: readonly unknown[];
  /** A challenge was accepted. */
  readonly isRegistered: boolean;
  /** Ids of batches that were said on this connection. */
  readonly batches: Seen;
  /** Payloads of pings that await their pong, oldest first; by who pinged. */
  readonly pings: Readonly<Record<Side, readonly string[]>>;
  /** Payloads of pings that have had their pong; by who pinged. */
  readonly echoed: Readonly<Record<Side, readonly string[]>>;
  /** The close frame that a side has said; `null`: none yet. */
  readonly left: Readonly<Record<Side, CloseFrame | null>>;
  /** The KMS has a reason to leave: which close codes tell of it (empty: any). */
  readonly reasonToLeave: readonly number[] | null;
  /** Close codes that tell of the broken frame for which the connection ends (empty: any). */
  readonly failure: readonly number[];
  /** A challenge failed on this connection. */
  readonly isRefuted: boolean;
  /** The KMS has refused the call of the sidecar that it answered last: the sidecar may give up. */
  readonly isRefused: boolean;
  /** A notification or an array may have moved the KMS: what it did about it is not seen. */
  readonly isMoved: boolean;
}

/** The content of a close frame. */
export interface CloseFrame {
  readonly code: number | null;
}

export interface Scene {
  readonly context: Conversation;
  readonly event: CentralKmsEvent;
}

/** The side that an event is about. */
export function speakerOf(event: CentralKmsEvent): Side {
  return event.type.startsWith('sidecar.') ? 'sidecar' : 'central-kms';
}

export function otherSide(side: Side): Side {
  return side === 'sidecar' ? 'central-kms' : 'sidecar';
}

/** An event's name behind its side: a message, a flaw or `closes`. */
export function nameOf(event: CentralKmsEvent): string {
  return event.type.slice(event.type.indexOf('.') + 1);
}

/** Whether a name is that of a message. */
export function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}

/** Whether an event is a call that is said as it must be. */
export function isCall(event: CentralKmsEvent): boolean {
  const name = nameOf(event);
  return isMessage(name) && 'method' in messages[name];
}

/** Whether frames may be said: the upgrade was answered, and the connection is not over. */
export function isOpen({ stage }: Conversation): boolean {
  return !closedStages.includes(stage);
}

const closedStages: readonly Stage[] = [
  'connecting',
  'upgrading',
  'refusing',
  'refused',
  'stranded',
  'ended',
  'terminated',
];

/** Whether a side may still say something: it has not said its close frame. */
export function maySpeak(context: Conversation, side: Side): boolean {
  return isOpen(context) && context.left[side] === null;
}

/** The payload of a ping or a pong. */
export function payloadOf({ content }: CentralKmsEvent): string {
  return text(member(content, 'payload')) ?? '';
}

/** The code of a close frame; `null` where it has none. */
export function closeCodeOf({ content }: CentralKmsEvent): number | null {
  const code = member(content, 'code');
  return typeof code === 'number' ? code : null;
}
