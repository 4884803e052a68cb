import type { Readings } from '#models/language/index.ts';
import type { Clock } from '#src/base/clock.ts';
import type { Random } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import type { Tracker } from '#src/chart/tracker.ts';
import type { Fuzzing, Step } from '#src/contract/fuzz.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Coverage } from '#src/contract/verdict.ts';
import { Recorder } from '#src/play/recorder.ts';
import type { Busy } from '#src/play/busy.ts';
import { PlayEnded } from '#src/play/stage.ts';
import type { Warden } from '#src/play/warden.ts';
import type { Link } from '#src/transport/link.ts';
import { deviate } from './deviate.ts';
import { Talk } from './talk.ts';

/** What a session is walked in. */
export interface Arena {
  readonly protocol: Protocol;
  readonly fuzzing: Fuzzing;
  readonly chart: Chart;
  /** With the readings that are pinned, found out, or assumed. */
  readonly settings: Settings;
  /** The readings that nothing but the profile decides: a verdict may use any open one besides. */
  readonly pinned: Readings;
  /** The side under test. */
  readonly peer: string;
  /** The side that we play. */
  readonly side: string;
  readonly clock: Clock;
  /** For an owed answer, ms. */
  readonly replyMs: number;
  /** What may keep the peer from answering. */
  readonly busy?: Busy;
  readonly link: (limitMs: number) => Promise<Link>;
  /** True where the peer outlives its sessions: nothing of one may be left with it. */
  readonly outlives?: boolean;
  /** Sees what is said before the target does. */
  readonly warden?: Warden | undefined;
  /** Given everything that happened in each session when it has ended, however it did. */
  readonly captured?: ((trace: Trace) => void) | undefined;
}

/**
 * What came of a step. `dirty`: nobody can say where the next frame begins, so the connection is
 * of no more use; `wrong`: the model does not allow what the peer did; `over`: it has left.
 */
export type Came =
  | { readonly kind: 'fine' | 'dirty' | 'over'; readonly heard: string }
  | { readonly kind: 'wrong'; readonly heard: string };

/** What is heard of what the target must not be told. */
export const withheld = 'withheld';

const keptFrames = 8;
/** For what the peer may say by itself, where nothing is known of it, ms. */
const usualHearMs = 300;

/** What a session is walked with, besides its arena. */
export interface Chance {
  readonly random: Random;
  readonly seed: number;
  /** For what the peer may say by itself, ms. */
  readonly hearMs?: () => number;
}

/** Walks one session of a campaign step by step: as little work a step as there can be. */
export class Walker {
  readonly #arena: Arena;
  readonly #chance: Chance;
  readonly #recorder: Recorder;
  readonly #said: Uint8Array[] = [];
  #link: Link;
  #talk: Talk;
  readonly #covered = { states: new Set<string>(), transitions: new Set<string>() };
  /** Frames sent and heard. */
  messages = 0;

  private constructor(arena: Arena, link: Link, chance: Chance) {
    const { protocol, settings, peer, clock } = arena;
    const { dialect, options } = settings;
    const about = { protocol: protocol.name, dialect, peer, options, seed: chance.seed };
    this.#arena = arena;
    this.#link = link;
    this.#chance = chance;
    this.#recorder = new Recorder(about, clock);
    this.#talk = this.#newTalk();
  }

  /** @throws HarnessError `unreachable` where no connection comes about. */
  static async open(arena: Arena, chance: Chance): Promise<Walker> {
    const walker = new Walker(arena, await arena.link(arena.replyMs), chance);
    walker.#recorder.record({ kind: 'opened' });
    return walker;
  }

  get tracker(): Tracker {
    return this.#talk.tracker;
  }

  /** States and transitions of the whole session, over all its connections. */
  get coverage(): Coverage {
    this.#cover();
    return this.#covered;
  }

  trace(): Trace {
    return this.#recorder.trace();
  }

  take(step: Step): Promise<Came> {
    return unlessWithheld(this.#take(step));
  }

  async #take(step: Step): Promise<Came> {
    switch (step.do) {
      case 'say':
        return this.#say(step);
      case 'repeat': {
        const bytes = this.#earlier(step.back);
        if (bytes.length === 0) return { kind: 'fine', heard: '' };
        return this.#after(this.#talk.repeat(bytes), false);
      }
      case 'reconnect':
        return this.#reconnect(step.how);
      case 'hear':
        return this.#talk.listen('something');
    }
  }

  /** Hears what the peer says of itself: a client that begins, what is still owed. */
  listen(): Promise<Came> {
    return unlessWithheld(this.#talk.listen());
  }

  /** Leaves; a peer that keeps no session forgets it. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#talk.leaveClean();
      this.#link.end();
      await this.#link[Symbol.asyncDispose]();
    } finally {
      this.#arena.captured?.(this.trace());
    }
  }

  async #say(step: Extract<Step, { do: 'say' }>): Promise<Came> {
    if (step.due === true) {
      const came = await this.#talk.listen('due');
      if (came.kind !== 'fine' || !this.#talk.owes) return came;
    }
    const { bytes, broken } = await this.#talk.say(this.#utterance(step), step.pieces);
    this.#said.push(bytes);
    if (this.#said.length > keptFrames) this.#said.shift();
    return this.#after(broken, step.hasty === true);
  }

  /** What was said then, as it can be said now. */
  #earlier(back: number): Uint8Array {
    const { fuzzing, side } = this.#arena;
    const said = this.#said.at(-1 - (back % Math.max(1, this.#said.length)));
    if (said === undefined) return new Uint8Array(0);
    return fuzzing.again?.(said, side, this.tracker.likeliest) ?? said;
  }

  #utterance({ message, variant, deviation }: Extract<Step, { do: 'say' }>): Utterance {
    const { protocol, fuzzing } = this.#arena;
    const { making } = this.#talk;
    const usual = protocol.contents(message, making);
    const rare = variant < usual.length ? [] : fuzzing.contents(message, making);
    const content = usual[variant] ?? rare[variant - usual.length] ?? usual[0];
    if (deviation === undefined) return { message, content };
    return deviate(fuzzing, deviation, { message, content, making });
  }

  /** Hears what the peer makes of what was said. */
  async #after(broken: boolean, hasty: boolean): Promise<Came> {
    const { tracker } = this.#talk;
    /** Where there are many connections, only that one is of no more use. */
    const spoils = broken && this.#arena.fuzzing.finish === undefined;
    if (hasty && !spoils) return { kind: 'fine', heard: '' };
    if (this.#talk.pendingBytes > 0 && !tracker.owed) return { kind: 'dirty', heard: '' };
    const came = await this.#talk.listen();
    const dirty = came.kind === 'fine' && (spoils || this.#talk.pendingBytes > 0);
    return dirty ? { ...came, kind: 'dirty' } : came;
  }

  async #reconnect(how: 'end' | 'reset'): Promise<Came> {
    await this.#talk.leaveClean();
    if (how === 'reset') this.#link.reset();
    else this.#link.end();
    this.#recorder.record({ kind: 'closed', by: 'player', how });
    await this.#link[Symbol.asyncDispose]();
    this.#link = await this.#arena.link(this.#arena.replyMs);
    this.#recorder.record({ kind: 'opened' });
    this.#cover();
    this.#talk = this.#newTalk();
    return { kind: 'fine', heard: '' };
  }

  #cover(): void {
    const { states, transitions } = this.tracker.coverage;
    for (const state of states) this.#covered.states.add(state);
    for (const transition of transitions) this.#covered.transitions.add(transition);
  }

  #newTalk(): Talk {
    return new Talk(this.#arena, {
      link: this.#link,
      recorder: this.#recorder,
      random: this.#chance.random,
      hearMs: this.#chance.hearMs ?? (() => usualHearMs),
      count: () => {
        this.messages += 1;
      },
    });
  }
}

/** What the target must not be told is left unsaid, and the session goes on over another link. */
async function unlessWithheld(came: Promise<Came>): Promise<Came> {
  try {
    return await came;
  } catch (fault) {
    if (fault instanceof PlayEnded) return { kind: 'dirty', heard: withheld };
    throw fault;
  }
}
