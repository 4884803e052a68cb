import type { Random } from '#src/base/random.ts';
import { mayTalk, Tracker } from '#src/chart/tracker.ts';
import type { Dice } from '#src/contract/fuzz.ts';
import type { Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { Making } from '#src/contract/protocol.ts';
import { reflexOf, type Session } from '#src/play/answer.ts';
import { leaveClean } from '#src/play/leave-clean.ts';
import type { Recorder } from '#src/play/recorder.ts';
import type { Arrival, Link } from '#src/transport/link.ts';
import type { Arena, Came } from './walker.ts';

/** Between the pieces of one frame, ms. */
const betweenPiecesMs = 2;
/** What the peer has said that is remembered. */
const maxPast = 512;
/** Answers of our own that follow one another at once. */
const maxReflexes = 64;

/**
 * What is listened for: `owed`: what the peer owes · `something`: besides, the next thing that it
 * says · `due`: besides, the next thing that our side owes an answer for, which is left to do.
 */
export type Until = 'owed' | 'something' | 'due';

/** What a talk is held with, besides its arena. */
export interface TalkMeans {
  readonly link: Link;
  readonly recorder: Recorder;
  readonly random: Random;
  /** For what the peer may say by itself, ms. */
  readonly hearMs: () => number;
  /** Told of each message, sent and heard. */
  readonly count: () => void;
}

/** Everything that is said and heard from one opening of a link to its end. */
export class Talk {
  readonly #arena: Arena;
  readonly #means: TalkMeans;
  readonly #ears: Reader;
  readonly #mirror: Reader;
  readonly #session: Session;
  readonly tracker: Tracker;
  #past: Perceived[] = [];
  #lastSaid = '';

  constructor(arena: Arena, means: TalkMeans) {
    const { chart, protocol, peer, side, settings } = arena;
    const { random } = means;
    this.#arena = arena;
    this.#means = means;
    this.#ears = protocol.reader(settings);
    this.#mirror = protocol.reader(settings);
    const memory = protocol.sides[side]?.memory(random.fork('memory'), settings);
    this.#session = { memory, random: random.fork('reflexes') };
    const input = protocol.sessionInput(settings);
    this.tracker = new Tracker(chart, protocol.model, { peer, input });
  }

  /** What the next message is made from. */
  get making(): Making {
    const { settings } = this.#arena;
    return { position: this.tracker.likeliest, settings, random: this.#means.random };
  }

  /** Bytes of ours that no frame is made of yet. */
  get pendingBytes(): number {
    return this.#mirror.pendingBytes;
  }

  /** True where our side owes an answer, as far as one knows. */
  get owes(): boolean {
    return this.tracker.likeliest.place.tags.has(`owes:${this.#arena.side}`);
  }

  /** Says an utterance, whole or in pieces. Returns its bytes. */
  async say(
    utterance: Utterance,
    pieces?: Dice,
  ): Promise<{ readonly bytes: Uint8Array; readonly broken: boolean }> {
    const { protocol, side } = this.#arena;
    const { bytes, payload, bent } = protocol.compose(utterance, side, this.making);
    const { message } = utterance;
    this.#lastSaid = message;
    /** What crosses an answer is seen after it: with the challenge, say, that it brought. */
    const crosses = this.tracker.owed;
    const isPlain = !bent && !crosses && protocol.bundle === undefined;
    const plain = { message, payload, flaws: [] };
    const frames = isPlain && this.pendingBytes === 0 ? null : this.#mirror.push(bytes);
    this.#arena.warden?.sends(frames?.map(this.#seen) ?? [plain], this.tracker.likeliest);
    if (pieces === undefined) this.#put(bytes);
    else await this.#putInPieces(bytes, pieces);
    this.#means.count();
    if (frames !== null) return { bytes, broken: this.#mirrored(bytes, frames) };
    this.tracker.say(side, () => plain);
    return { bytes, broken: false };
  }

  /** Says bytes; true where a frame among them could not be read. */
  repeat(bytes: Uint8Array): boolean {
    const frames = this.#mirror.push(bytes);
    this.#arena.warden?.sends(frames.map(this.#seen), this.tracker.likeliest);
    this.#put(bytes);
    this.#means.count();
    return this.#mirrored(bytes, frames);
  }

  /** Hears what is owed, and more where that is asked for. */
  async listen(until: Until = 'owed'): Promise<Came> {
    const { recorder } = this.#means;
    let heard = '';
    let sinceMs = this.#arena.clock.nowMs();
    if (until !== 'due') await this.#reflex();
    while (this.#awaits(until, heard)) {
      const arrival = await this.#next(sinceMs);
      if (arrival.kind === 'closed') {
        recorder.record({ kind: 'closed', by: 'peer', how: arrival.how });
        return { kind: this.tracker.closed() ? 'over' : 'wrong', heard: 'closed' };
      }
      if (arrival.kind === 'silence') {
        const isIdle = this.#isFree && !this.tracker.owed;
        if (isIdle) return { kind: 'fine', heard: heard === '' ? 'silence' : heard };
        recorder.record({ kind: 'silence', waitedMs: arrival.waitedMs });
        return { kind: this.tracker.owed ? 'wrong' : 'over', heard: 'silence' };
      }
      recorder.record({ kind: 'received', bytes: arrival.bytes });
      const told = this.#hear(arrival.bytes);
      if (told === null) return { kind: 'wrong', heard };
      if (told !== '' || !this.#isFree) heard = told;
      if (until !== 'due' && (await this.#reflex())) continue;
      if (told !== '') sinceMs = this.#arena.clock.nowMs();
    }
    return { kind: 'fine', heard };
  }

  /** Leaves nothing of the session with a peer that outlives it; nobody judges that. */
  async leaveClean(): Promise<void> {
    const { protocol, settings, side, clock, outlives, warden } = this.#arena;
    if (outlives !== true) return;
    const { position, random } = this.making;
    const heard = this.#past;
    const leaving = { protocol, settings, side, position, heard, random, clock, warden };
    await leaveClean(leaving, this.#means.link);
  }

  /** True where both sides may speak at any time. */
  get #isFree(): boolean {
    return !this.#arena.protocol.model.turnTaking;
  }

  /** Servers are awaited while they owe; clients whenever it is not our turn. */
  #awaits(until: Until, heard: string): boolean {
    const { side, protocol } = this.#arena;
    const { model } = protocol;
    if (this.tracker.owed) return true;
    if (until === 'something') return heard === '';
    if (until === 'due') return !this.owes;
    return side === model.server && !mayTalk(model, this.tracker.likeliest, side);
  }

  /** Where both may speak the peer may say other things for ever: its time is not renewed by them. */
  async #next(sinceMs: number): Promise<Arrival> {
    const { replyMs, busy, clock } = this.#arena;
    const patienceMs = busy?.patience(this.#lastSaid, clock.nowMs(), replyMs) ?? replyMs;
    if (!this.#isFree) return this.#means.link.read(patienceMs);
    const waitMs = this.tracker.owed ? patienceMs : this.#means.hearMs();
    const leftMs = sinceMs + waitMs - clock.nowMs();
    if (leftMs <= 0) return { kind: 'silence', waitedMs: waitMs };
    const arrival = await this.#means.link.read(leftMs);
    return arrival.kind === 'silence' ? { kind: 'silence', waitedMs: waitMs } : arrival;
  }

  /** The message heard last; `null` where the model does not allow it. */
  #hear(bytes: Uint8Array): string | null {
    const { protocol, settings, peer, warden, busy, clock } = this.#arena;
    let message = '';
    for (const frame of this.#ears.push(bytes)) {
      this.#means.count();
      warden?.hears(protocol.perceive(frame, peer, this.tracker.likeliest, settings));
      const taken = this.tracker.hear((position) =>
        protocol.perceive(frame, peer, position, settings),
      );
      if (!taken.ok) return null;
      if (taken.perceived.quiet === true) continue;
      busy?.said(taken.perceived.message, clock.nowMs());
      this.#past.push(taken.perceived);
      message = taken.perceived.message ?? '';
    }
    if (this.#past.length > 2 * maxPast) this.#past = this.#past.slice(-maxPast);
    return message;
  }

  /** Says what our side says at once; true where there was something. */
  async #reflex(): Promise<boolean> {
    const { protocol, side, settings, clock } = this.#arena;
    const record = protocol.sides[side];
    if (record?.reflexes === undefined) return false;
    const part = { model: protocol.model, side, record };
    const lastSaid = this.#lastSaid;
    let count = 0;
    for (let before: unknown = null; before !== this.tracker.likeliest && count < maxReflexes;) {
      const position = this.tracker.likeliest;
      const heard = this.#past.at(-1) ?? null;
      before = position;
      const moment = { position, settings, heard, nowMs: clock.nowMs() };
      for (const deed of await reflexOf(part, this.#session, moment)) {
        if (deed.do !== 'say') continue;
        await this.say(deed.utterance);
        count += 1;
      }
    }
    this.#lastSaid = lastSaid;
    return count > 0;
  }

  /** Reads our own bytes as their receiver does; true where a frame could not be read. */
  #mirrored(bytes: Uint8Array, frames: readonly unknown[]): boolean {
    const broken = this.#read(frames);
    const { finish } = this.#arena.fuzzing;
    if (this.pendingBytes === 0 || finish === undefined) return broken;
    const ending = finish(bytes);
    this.#put(ending);
    return this.#read(this.#mirror.push(ending)) || broken;
  }

  /** A frame of ours as its receiver sees it, as far as one knows. */
  readonly #seen = (frame: unknown): Perceived => {
    const { protocol, settings, side } = this.#arena;
    return protocol.perceive(frame, side, this.tracker.likeliest, settings);
  };

  #read(frames: readonly unknown[]): boolean {
    const { protocol, settings, side } = this.#arena;
    let broken = false;
    for (const frame of frames) {
      this.tracker.say(side, (position) => {
        const perceived = protocol.perceive(frame, side, position, settings);
        broken ||= perceived.flaws.some((flaw) => flaw.kind === 'malformed');
        return perceived;
      });
    }
    return broken;
  }

  #put(bytes: Uint8Array): void {
    this.#means.recorder.record({ kind: 'sent', bytes });
    this.#means.link.write(bytes);
  }

  /** Each piece is on its way alone for a while, so that it is read alone. */
  async #putInPieces(bytes: Uint8Array, dice: Dice): Promise<void> {
    const cuts = dice
      .map((die) => die % (bytes.length + 1))
      .toSorted((left, right) => left - right);
    for (const [index, end] of [...cuts, bytes.length].entries()) {
      const piece = bytes.subarray(cuts[index - 1] ?? 0, end);
      if (piece.length === 0) continue;
      this.#put(piece);
      if (end < bytes.length) await this.#arena.clock.sleep(betweenPiecesMs);
    }
  }
}
