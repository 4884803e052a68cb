import type { Settings } from './settings.ts';

/**
 * What a room is measured against: the work that anybody has with the same bytes, by the
 * platform's own means.
 */
export interface Baseline<Frame = unknown> {
  /** What the codec is measured against, in a few words. */
  readonly what: string;
  /**
   * One frame of a session, ready to be coded by either side of the comparison; `null` where there
   * is nothing to code.
   */
  of(frame: Frame): CodedFrame | null;
  /** What the room is to reach; a ratio without a goal is only told. */
  readonly goals: Goals;
  /** Where a session is not had again over the same connection: what is measured of it. */
  readonly round?: Round;
  /** What else the room computes that is to be fast. */
  readonly work?: readonly Work[];
}

/** Something that a room computes beside its messages, and how fast it is to be. */
export type Work = Kernel | WholeSession;

/** A computation of the room's. */
export interface Kernel {
  readonly kind: 'kernel';
  readonly what: string;
  /** Makes ready, and gives what is measured: each call does it so many times. */
  prepare(): { readonly count: number; run(): unknown };
  readonly goal: KernelGoal;
}

/** So often a second; or so many times as fast as something else that does the same. */
export type KernelGoal =
  | { readonly kind: 'rate'; readonly perSecond: number }
  | {
      readonly kind: 'ratio';
      readonly against: string;
      readonly least: number;
      prepare(): () => unknown;
    };

/** A session of both reference sides with these options, played, recorded and judged. */
export interface WholeSession {
  readonly kind: 'session';
  readonly what: string;
  readonly options: Settings['options'];
  readonly mostMs: number;
}

/** Ratios of one run, at least; how many times faster than what each is measured against. */
export interface Goals {
  /** A step of the chart, against XState's. */
  readonly step?: number;
  readonly codec?: number;
  /** Messages of both sides in one process, against the same without judging. */
  readonly judging?: number;
  /** The same a second. */
  readonly messagesPerSecond?: number;
  /** Over sockets, against the bare exchange of the same bytes or the same calls. */
  readonly exchange?: number;
  /** Calls over kept connections a second. */
  readonly callsPerSecond?: number;
  /** Messages over which memory is watched, at most; more than 100,000. */
  readonly memoryMessages?: number;
}

/** One frame, made and read again: each call does the whole of it. */
export interface CodedFrame {
  ours(): unknown;
  theirs(): unknown;
}

/** What a client can say again and again in one session; each step is answered at once, by one. */
export type Round = Rounds & (CallRound | MessageRound);

interface Rounds {
  /** The protocol's own settings with which it is played: connections are kept. */
  readonly options: Settings['options'];
  /** What is said once, before the first round. */
  readonly opening?: readonly Line[];
  readonly steps: readonly Line[];
}

interface Line {
  readonly message: string;
  readonly variant: number;
}

/** A round of calls of HTTP, over many connections. */
export interface CallRound {
  readonly kind: 'calls';
  /** A step and its answer, from the bytes of both, as calls of HTTP are known to everybody. */
  call(sent: Uint8Array, received: Uint8Array): BareCall;
}

/** A round of messages of a WebSocket, over one connection. */
export interface MessageRound {
  readonly kind: 'messages';
  /** A step, from its bytes, as every WebSocket can say it. */
  message(sent: Uint8Array): BareMessage;
}

/** A message of a WebSocket: a ping has its pong, a text is said back. */
export interface BareMessage {
  readonly kind: 'text' | 'ping';
  readonly payload: Uint8Array;
}

/** A call of HTTP and its answer; bodies are JSON, or nothing. */
export interface BareCall {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly code: number;
  readonly answer: Uint8Array;
}
