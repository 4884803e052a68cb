import { HarnessError } from '#src/base/errors.ts';
import type { Position } from '#src/chart/chart.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { Heard } from '#src/contract/case.ts';
import type { Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import type { Deed } from '#src/contract/side.ts';
import type { Link } from '#src/transport/link.ts';
import { answerOf, reflexOf, type Moment, type Session } from './answer.ts';
import { leaveClean } from './leave-clean.ts';
import { PlayEnded, type Stage } from './stage.ts';

/** One session as a player lives it: what is said and heard on its link, and where that leads. */
export class Talk {
  readonly #stage: Stage;
  readonly #link: Link;
  readonly #session: Session;
  readonly #ears: Reader;
  readonly #mirror: Reader;
  /** Told of each frame that is said or heard. */
  readonly #count: () => void;
  readonly tracker: Tracker;
  #heard: Perceived | null = null;
  readonly #unread: Perceived[] = [];
  /** All that was heard: no more than a case has frames. */
  readonly #past: Perceived[] = [];
  #lastSaid = '';
  #isOver = false;

  constructor(stage: Stage, link: Link, count: () => void) {
    const { protocol, settings, chart, peer, side, random } = stage;
    const record = protocol.sides[side];
    if (record === undefined) throw new HarnessError('internal', `no reference side '${side}'`);
    this.#stage = stage;
    this.#link = link;
    this.#count = count;
    this.#session = { memory: record.memory(random, settings), random };
    this.#ears = protocol.reader(settings);
    this.#mirror = protocol.reader(settings);
    this.tracker = new Tracker(chart, protocol.model, {
      peer,
      input: protocol.sessionInput(settings),
    });
    stage.recorder.record({ kind: 'opened' });
  }

  /** Where it stands on the likeliest reading. */
  get position(): Position {
    return this.tracker.likeliest;
  }

  /** True once either side has closed the connection. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** True within a frame of ours. */
  get isHalfSaid(): boolean {
    return this.#mirror.pendingBytes > 0;
  }

  /** True once our side has said a message. */
  get hasSpoken(): boolean {
    return this.#lastSaid !== '';
  }

  /** For what is owed for what was said last, ms. */
  get patience(): number {
    const { limits, busy, clock } = this.#stage;
    return busy?.patience(this.#lastSaid, clock.nowMs(), limits.replyMs) ?? limits.replyMs;
  }

  /** What the next message is made from. */
  get making(): Making {
    const { settings, random } = this.#stage;
    return { position: this.position, settings, random };
  }

  compose(utterance: Utterance): Composed {
    const { protocol, side } = this.#stage;
    const composed = protocol.compose(utterance, side, this.making);
    if (composed.lossy !== true) return composed;
    throw new PlayEnded('unsayable', `the dialect has no form for this ${utterance.message}`);
  }

  say(utterance: Utterance): void {
    const { message } = utterance;
    const { bytes, payload, bent } = this.compose(utterance);
    this.#lastSaid = message;
    if (bent || this.isHalfSaid) return this.write(bytes);
    const perceived = { message, payload, flaws: [] };
    this.#stage.warden?.sends([perceived], this.position);
    this.#put(bytes);
    this.tracker.say(this.#stage.side, () => perceived);
  }

  /** Bytes of any kind: their receiver makes of them what it can. */
  write(bytes: Uint8Array): void {
    const { protocol, settings, side, warden } = this.#stage;
    const frames = this.#mirror.push(bytes);
    const seen = (frame: unknown) => protocol.perceive(frame, side, this.position, settings);
    warden?.sends(frames.map(seen), this.position);
    this.#put(bytes);
    for (const frame of frames) {
      this.tracker.say(side, (position) => protocol.perceive(frame, side, position, settings));
    }
  }

  /** Waits for one frame, an ending, or the time limit; does what our side owes at once. */
  async hear(limitMs: number): Promise<Heard> {
    const heard = await this.#next(limitMs);
    if (heard.kind === 'closed' && !this.#isOver) {
      this.#isOver = true;
      this.#stage.recorder.record({ kind: 'closed', by: 'peer', how: heard.how });
      this.tracker.closed();
    }
    return heard;
  }

  /** What our side would do now, if it were left alone. */
  async deeds(): Promise<readonly Deed[]> {
    const { protocol, side } = this.#stage;
    const record = protocol.sides[side];
    if (record === undefined) return [];
    return answerOf({ model: protocol.model, side, record }, this.#session, this.#moment());
  }

  do(deed: Deed): void {
    switch (deed.do) {
      case 'say':
        return this.say(deed.utterance);
      case 'write':
        return this.write(deed.bytes);
      case 'close':
      case 'reset':
      case 'stall':
        return this.#leave(deed.do === 'reset' ? 'reset' : 'end');
      case 'later':
    }
  }

  /** Leaves the connection; a peer that outlives its sessions is left clean. */
  async end(how: 'end' | 'reset'): Promise<void> {
    if (!this.#isOver && this.#stage.outlives === true) {
      const left = { ...this.#stage, position: this.position, heard: this.#past };
      await leaveClean(left, this.#link);
    }
    this.#leave(how);
    await this.#link[Symbol.asyncDispose]();
  }

  async #next(limitMs: number): Promise<Heard> {
    const { clock, recorder } = this.#stage;
    const untilMs = clock.nowMs() + limitMs;
    for (;;) {
      const ready = this.#unread.shift();
      if (ready !== undefined) return { kind: 'frame', perceived: ready };
      await this.#reflex();
      const leftMs = untilMs - clock.nowMs();
      if (leftMs <= 0) return { kind: 'silence' };
      const arrival = await this.#link.read(leftMs);
      if (arrival.kind !== 'bytes') return arrival;
      recorder.record({ kind: 'received', bytes: arrival.bytes });
      this.#receive(arrival.bytes);
    }
  }

  #receive(bytes: Uint8Array): void {
    const { protocol, settings, peer, warden, busy, clock } = this.#stage;
    for (const frame of this.#ears.push(bytes)) {
      this.#count();
      warden?.hears(protocol.perceive(frame, peer, this.position, settings));
      const taken = this.tracker.hear((position) =>
        protocol.perceive(frame, peer, position, settings),
      );
      this.#past.push(
        ...(taken.ok ? [taken.perceived] : taken.refusals.map((one) => one.perceived)),
      );
      if (!taken.ok) throw new PlayEnded('astray', 'the peer said what the model does not allow');
      if (taken.perceived.quiet === true) continue;
      busy?.said(taken.perceived.message, clock.nowMs());
      this.#heard = taken.perceived;
      this.#unread.push(taken.perceived);
    }
  }

  /** Does what our side owes at once and the case has left undone. */
  async #reflex(): Promise<void> {
    const { protocol, side } = this.#stage;
    const record = protocol.sides[side];
    if (record?.reflexes === undefined) return;
    const part = { model: protocol.model, side, record };
    for (let before: unknown = null; before !== this.position && !this.#isOver;) {
      before = this.position;
      const lastSaid = this.#lastSaid;
      for (const deed of await reflexOf(part, this.#session, this.#moment())) this.do(deed);
      this.#lastSaid = lastSaid;
    }
  }

  #moment(): Moment {
    const { settings, clock } = this.#stage;
    return { position: this.position, settings, heard: this.#heard, nowMs: clock.nowMs() };
  }

  #put(bytes: Uint8Array): void {
    this.#count();
    this.#stage.recorder.record({ kind: 'sent', bytes });
    this.#link.write(bytes);
  }

  #leave(how: 'end' | 'reset'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (how === 'reset') this.#link.reset();
    else this.#link.end();
    this.#stage.recorder.record({ kind: 'closed', by: 'player', how });
  }
}
