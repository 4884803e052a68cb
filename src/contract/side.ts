import type { AnyStateMachine } from 'xstate';
import type { Requirement } from '#models/language/index.ts';
import type { Random } from '#src/base/random.ts';
import type { AdminDeed } from './admin.ts';
import type { Perceived, Reader, Utterance } from './frame.ts';
import type { Showing } from './picture.ts';
import type { Settings } from './settings.ts';

/** What an answer may look at. */
export interface SideScene<Memory = unknown> {
  /** The machine's context. */
  readonly context: unknown;
  /** The frame that is answered; `null` where this side speaks first. */
  readonly heard: Perceived | null;
  /** What this side alone keeps for the session: hardware, plans, counters. */
  readonly memory: Memory;
  readonly random: Random;
  readonly settings: Settings;
  /**
   * Milliseconds since some moment, of the machine's own clock since 1970: for what a side does by
   * itself, after a while, and for the time that it tells.
   */
  readonly nowMs: number;
}

/**
 * What a side does when it is its turn. `stall`: nothing, for ever · `later`: nothing yet; it is
 * asked again after so long, or once something arrived.
 */
export type Deed =
  | {
      readonly do: 'say';
      readonly utterance: Utterance;
      /** The message that the machine is told was said, where it is another (mutants lie). */
      readonly standsFor?: Utterance;
    }
  | { readonly do: 'close' | 'reset' | 'stall' }
  | { readonly do: 'later'; readonly ms: number }
  | { readonly do: 'write'; readonly bytes: Uint8Array };

/** A method's type, so that a table of one side's answers fits where any side's is wanted. */
export type Answer<Memory = unknown> = {
  answer(scene: SideScene<Memory>): Deed | readonly Deed[] | Promise<Deed | readonly Deed[]>;
}['answer'];

/** Answers by the state in which the side speaks, `<phase>.<state>`; the first active one wins. */
export type Answers<Memory = unknown> = Readonly<Record<string, Answer<Memory>>>;

/**
 * A reference side: a table of answers over the protocol's machine. The members after `answers`
 * are its habits; mutants change one of them or one answer.
 */
export interface SideRecord<Memory = unknown> {
  readonly answers: Answers<Memory>;
  /** What the side keeps for one session; made anew for each connection. */
  memory(random: Random, settings: Settings): Memory;
  /** The side's own machine, where it differs from the model's. */
  readonly machine?: AnyStateMachine;
  /** Looks again at what was perceived: a side that overlooks a flaw drops it here. */
  perceives?(perceived: Perceived, scene: SideScene<Memory>): Perceived;
  /**
   * States in which the side answers at once, whatever it does otherwise: whoever plays it for a
   * case does so too, before it waits for anything else.
   */
  readonly reflexes?: readonly string[];
  /** Cuts what is written into segments; one write a frame without it. */
  readonly segments?: (bytes: Uint8Array) => readonly Uint8Array[];
  /** How the side cuts and reads what arrives, where it is not as its protocol does. */
  reader?(settings: Settings): Reader;
  /**
   * True where all sessions that draw from one source of chance share what one of them leaves behind.
   * In memory each has a source of its own, so that it is the same again without those before it.
   */
  readonly sharesByChance?: boolean;
  /** True where a session outlives its connection. */
  readonly keepsSession?: boolean;
  /** The connection is over that the session was on, where it had one of its own. */
  ended?(memory: Memory, settings: Settings): void;
  /**
   * What the side has to show after a session, for whoever compares both out of band: what both
   * sides name must be the same. Digests, never secrets.
   */
  account?(memory: Memory): Readonly<Record<string, string | number>>;
  /** Pictures and settings for a page about a session; never secrets, nor what becomes one. */
  shows?(memory: Memory): Showing;
  /** What whoever runs this side as a server may ask of it. */
  readonly admin?: readonly AdminDeed<Memory>[];
  /** Changes every utterance on its way out. */
  bends?(utterance: Utterance, scene: SideScene<Memory>): Utterance;
}

/** A reference side that is wrong in one place. */
export interface Mutant {
  readonly id: string;
  readonly side: string;
  readonly title: string;
  /** The requirement that it breaks. */
  readonly breaks: Requirement;
  /** Messages of the shortest trace that shows it, both directions counted. */
  readonly shortest: number;
  /** True where eight or more correct messages come first, or a rare combination. */
  readonly deep: boolean;
  /** The dialect that it shows in; without it the protocol's usual one. */
  readonly dialect?: string;
  readonly record: SideRecord;
}
