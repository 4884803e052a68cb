import type { Requirement } from '#models/language/index.ts';
import type { Position } from './position.ts';
import type { Making } from './protocol.ts';

/** Numbers, 0 … 2^32 - 1, from which an operation takes its choices: data that shrinks. */
export type Dice = readonly number[];

/** How one message departs from what the model says, as plain data: it is stored and replayed. */
export interface Deviation {
  readonly level: 'bytes' | 'frame' | 'content';
  /** The operation's name in its table. */
  readonly op: string;
  readonly dice: Dice;
}

/** One thing that a campaign does in a session. */
export type Step =
  | {
      readonly do: 'say';
      readonly message: string;
      /** Which of the message's contents it takes, the rare ones counted behind the usual ones. */
      readonly variant: number;
      readonly deviation?: Deviation;
      /** Does not wait for the answer: the next step is pipelined. */
      readonly hasty?: true;
      /** Comes in several pieces; where they are cut. */
      readonly pieces?: Dice;
      /** Waits until our side owes something, and is said instead of what it would say itself. */
      readonly due?: true;
    }
  /** Says an earlier frame of this session again, byte by byte; 0 is the last one. */
  | { readonly do: 'repeat'; readonly back: number }
  | { readonly do: 'reconnect'; readonly how: 'end' | 'reset' }
  /** Waits for what the peer says by itself, and answers what our side answers at once. */
  | { readonly do: 'hear' };

/** A message with one of its contents. */
export interface Hint {
  readonly message: string;
  readonly variant: number;
}

/** One way to bend a frame of a protocol: its name is its key in the room's table. */
export interface FrameOp<Bend extends object = object> {
  /** The requirement that decides what its receiver must do. */
  readonly decides: Requirement;
  bend(dice: Dice, scene: { readonly message: string; readonly making: Making }): Bend;
}

/** What a room gives a campaign besides its model. */
export interface Fuzzing<Bend extends object = object> {
  /** Options of a campaign, where its profile does not say otherwise. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly frames: Readonly<Record<string, FrameOp<Bend>>>;
  /**
   * Contents besides those of the protocol that fit the schema and are hardly ever sent: variants
   * behind the protocol's own.
   */
  contents(message: string, making: Making): readonly unknown[];
  /**
   * Where both sides may speak at any time: how often a message is said, against the others; 1 where
   * it is not named.
   */
  readonly weights?: Readonly<Record<string, number>>;
  /** There: the share of the protocol's own contents; without it all contents are alike. */
  readonly usualShare?: number;
  /** What would tell most of the peer where a session stands: now and then it is said at once. */
  promising?(making: Making): readonly Hint[];
  /**
   * Where a session has many connections: ends the one that bytes were said on, so that what was
   * not finished there is over.
   */
  finish?(bytes: Uint8Array): Uint8Array;
  /** There: the same bytes on a connection of their own; none where they answered something. */
  again?(bytes: Uint8Array, speaker: string, position: Position): Uint8Array;
  /** Bytes of an earlier session, with what the peer gave then as it gave it today. */
  renew?(bytes: Uint8Array, then: Position, today: Position): Uint8Array;
  /** Puts bytes where the content is, with everything around them honest. */
  rawContent(bytes: Uint8Array): Bend;
  /** The canonical content as text, where it is one. */
  contentText(content: unknown): string;
}
