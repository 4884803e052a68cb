import type { Readings } from '#models/language/index.ts';
import type { Clock } from '#src/base/clock.ts';
import type { Random } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import { mayTalk, Tracker } from '#src/chart/tracker.ts';
import type { Dice, Fuzzing, Step } from '#src/contract/fuzz.ts';
import type { Perceived, Reader } from '#src/contract/frame.ts';
import type { Making, Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Coverage } from '#src/contract/verdict.ts';
import { Recorder } from '#src/play/recorder.ts';
import type { Link } from '#src/transport/link.ts';
import { deviate } from './deviate.ts';

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
  /** For the answer to one message, where it takes longer: by message. */
  readonly replyMsAfter: Readonly<Record<string, number>>;
  readonly link: (limitMs: number) => Promise<Link>;
}

/**
 * What came of a step. `dirty`: nobody can say where the next frame begins, so the connection is
 * of no more use; `wrong`: the model does not allow what the peer did; `over`: it has left.
 */
export type Came =
  | { readonly kind: 'fine' | 'dirty' | 'over'; readonly heard: string }
  | { readonly kind: 'wrong'; readonly heard: string };

const keptFrames = 8;
/** Between the pieces of one frame, ms. */
const betweenPiecesMs = 2;

/** Walks one session of a campaign step by step: as little work a step as there can be. */
export class Walker {
  readonly #arena: Arena;
  readonly #random: Random;
  readonly #seed: number;
  readonly #said: Uint8Array[] = [];
  #recorder: Recorder;
  #link: Link;
  #tracker: Tracker;
  #ears: Reader;
  #mirror: Reader;
  readonly #covered = { states: new Set<string>(), transitions: new Set<string>() };
  #lastSaid = '';
  /** Frames sent and heard. */
  messages = 0;

  private constructor(arena: Arena, link: Link, chance: { random: Random; seed: number }) {
    this.#arena = arena;
    this.#link = link;
    this.#random = chance.random;
    this.#seed = chance.seed;
    this.#recorder = this.#newRecorder();
    this.#tracker = this.#newTracker();
    this.#ears = arena.protocol.reader(arena.settings);
    this.#mirror = arena.protocol.reader(arena.settings);
  }

  /** @throws HarnessError `unreachable` where no connection comes about. */
  static async open(arena: Arena, chance: { random: Random; seed: number }): Promise<Walker> {
    const walker = new Walker(arena, await arena.link(arena.replyMs), chance);
    walker.#recorder.record({ kind: 'opened' });
    return walker;
  }

  get tracker(): Tracker {
    return this.#tracker;
  }

  /** What the next message is made from. */
  get making(): Making {
    const { settings } = this.#arena;
    return { position: this.#tracker.likeliest, settings, random: this.#random };
  }

  /** States and transitions of the whole session, over all its connections. */
  get coverage(): Coverage {
    this.#cover();
    return this.#covered;
  }

  trace(): Trace {
    return this.#recorder.trace();
  }

  async take(step: Step): Promise<Came> {
    switch (step.do) {
      case 'say':
        return this.#say(step);
      case 'repeat': {
        const bytes = this.#said.at(-1 - (step.back % Math.max(1, this.#said.length)));
        if (bytes === undefined) return { kind: 'fine', heard: '' };
        this.#put(bytes);
        return this.#read(bytes);
      }
      case 'reconnect':
        return this.#reconnect(step.how);
    }
  }

  /** Hears what the peer says of itself: a client that begins, what is still owed. */
  listen(): Promise<Came> {
    return this.#listen();
  }

  /** Leaves; a peer that keeps no session forgets it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#link.end();
    await this.#link[Symbol.asyncDispose]();
  }

  async #say(step: Extract<Step, { do: 'say' }>): Promise<Came> {
    const { protocol, fuzzing, side } = this.#arena;
    const { making } = this;
    const { message, variant, deviation } = step;
    const usual = protocol.contents(message, making);
    const rare = variant < usual.length ? [] : fuzzing.contents(message, making);
    const content = usual[variant] ?? rare[variant - usual.length] ?? usual[0];
    const utterance =
      deviation === undefined
        ? { message, content }
        : deviate(fuzzing, deviation, { message, content, making });
    const { bytes, payload, bent } = protocol.compose(utterance, side, making);
    this.#lastSaid = message;
    if (step.pieces === undefined) this.#put(bytes);
    else await this.#putInPieces(bytes, step.pieces);
    this.#said.push(bytes);
    if (this.#said.length > keptFrames) this.#said.shift();
    /** What crosses an answer is seen after it: with the challenge, say, that it brought. */
    const crosses = this.#tracker.owed;
    if (bent || crosses || this.#mirror.pendingBytes > 0) return this.#read(bytes, step.hasty);
    this.#tracker.say(side, () => ({ message, payload, flaws: [] }));
    return step.hasty === true ? { kind: 'fine', heard: '' } : this.#listen();
  }

  /** Reads our own bytes as their receiver does, then hears what it makes of them. */
  async #read(bytes: Uint8Array, hasty = false): Promise<Came> {
    const { protocol, settings, side } = this.#arena;
    let broken = false;
    for (const frame of this.#mirror.push(bytes)) {
      this.#tracker.say(side, (position) => {
        const perceived = protocol.perceive(frame, side, position, settings);
        broken ||= perceived.flaws.some((flaw) => flaw.kind === 'malformed');
        return perceived;
      });
    }
    if (hasty && !broken) return { kind: 'fine', heard: '' };
    if (this.#mirror.pendingBytes > 0 && !this.#tracker.owed) return { kind: 'dirty', heard: '' };
    const came = await this.#listen();
    const dirty = came.kind === 'fine' && (broken || this.#mirror.pendingBytes > 0);
    return dirty ? { ...came, kind: 'dirty' } : came;
  }

  async #listen(): Promise<Came> {
    const { recorder, link, tracker } = {
      recorder: this.#recorder,
      link: this.#link,
      tracker: this.#tracker,
    };
    let heard = '';
    while (this.#awaits()) {
      const arrival = await link.read(this.#patience());
      if (arrival.kind === 'bytes') {
        recorder.record({ kind: 'received', bytes: arrival.bytes });
        const told = this.#hear(arrival.bytes);
        if (told === null) return { kind: 'wrong', heard };
        heard = told;
      } else if (arrival.kind === 'closed') {
        recorder.record({ kind: 'closed', by: 'peer', how: arrival.how });
        return { kind: tracker.closed() ? 'over' : 'wrong', heard: 'closed' };
      } else {
        recorder.record({ kind: 'silence', waitedMs: arrival.waitedMs });
        return { kind: tracker.owed ? 'wrong' : 'over', heard: 'silence' };
      }
    }
    return { kind: 'fine', heard };
  }

  #patience(): number {
    const { replyMs, replyMsAfter } = this.#arena;
    return replyMsAfter[this.#lastSaid] ?? replyMs;
  }

  /** Servers are awaited while they owe; clients whenever it is not our turn. */
  #awaits(): boolean {
    const { protocol, side } = this.#arena;
    const { model } = protocol;
    if (side !== model.server) return this.#tracker.owed;
    return !mayTalk(model, this.#tracker.likeliest, side);
  }

  /** The message heard last; `null` where the model does not allow it. */
  #hear(bytes: Uint8Array): string | null {
    const { protocol, settings, peer } = this.#arena;
    let heard: Perceived | null = null;
    for (const frame of this.#ears.push(bytes)) {
      this.messages += 1;
      const taken = this.#tracker.hear((position) =>
        protocol.perceive(frame, peer, position, settings),
      );
      if (!taken.ok) return null;
      heard = taken.perceived;
    }
    return heard?.message ?? '';
  }

  async #reconnect(how: 'end' | 'reset'): Promise<Came> {
    if (how === 'reset') this.#link.reset();
    else this.#link.end();
    this.#recorder.record({ kind: 'closed', by: 'player', how });
    await this.#link[Symbol.asyncDispose]();
    this.#link = await this.#arena.link(this.#arena.replyMs);
    this.#recorder.record({ kind: 'opened' });
    this.#cover();
    this.#tracker = this.#newTracker();
    this.#ears = this.#arena.protocol.reader(this.#arena.settings);
    this.#mirror = this.#arena.protocol.reader(this.#arena.settings);
    return { kind: 'fine', heard: '' };
  }

  #cover(): void {
    const { states, transitions } = this.#tracker.coverage;
    for (const state of states) this.#covered.states.add(state);
    for (const transition of transitions) this.#covered.transitions.add(transition);
  }

  #put(bytes: Uint8Array): void {
    this.messages += 1;
    this.#recorder.record({ kind: 'sent', bytes });
    this.#link.write(bytes);
  }

  /** Each piece is on its way alone for a while, so that it is read alone. */
  async #putInPieces(bytes: Uint8Array, dice: Dice): Promise<void> {
    const cuts = dice
      .map((die) => die % (bytes.length + 1))
      .toSorted((left, right) => left - right);
    for (const [index, end] of [...cuts, bytes.length].entries()) {
      const piece = bytes.subarray(cuts[index - 1] ?? 0, end);
      if (piece.length === 0) continue;
      this.#recorder.record({ kind: 'sent', bytes: piece });
      this.#link.write(piece);
      if (end < bytes.length) await this.#arena.clock.sleep(betweenPiecesMs);
    }
    this.messages += 1;
  }

  #newTracker(): Tracker {
    const { chart, protocol, peer, settings } = this.#arena;
    return new Tracker(chart, protocol.model, { peer, input: protocol.sessionInput(settings) });
  }

  #newRecorder(): Recorder {
    const { protocol, settings, peer, clock } = this.#arena;
    const { dialect, options } = settings;
    const about = { protocol: protocol.name, dialect, peer, options, seed: this.#seed };
    return new Recorder(about, clock);
  }
}
