import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Random } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import { inState, nextLeg, type Leg } from '#src/chart/path.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { CasePlayer, Heard } from '#src/contract/case.ts';
import type { Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { Making, Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Deed } from '#src/contract/side.ts';
import type { Link } from '#src/transport/link.ts';
import type { Recorder } from './recorder.ts';
import { leaveClean } from './leave-clean.ts';
import { answerOf, delayOf, reflexOf, type Moment, type Session } from './answer.ts';

/** How long a player waits. */
export interface Limits {
  /** For an answer that is owed. */
  readonly replyMs: number;
  /** For an answer to one message, where it takes longer: by message. */
  readonly replyMsAfter: Readonly<Record<string, number>>;
  /** Frames heard and said in one case. */
  readonly frames: number;
}

/** How often a place is passed again when the server refuses, proposes or aborts on the way. */
const maxRetries = 4;
/** Frames that a client that goes on for ever, because we do, is followed behind a case. */
const mostLater = 600;
/** How often a client that is followed may come by one place, block after block. */
const maxVisits = 100;

/** What a player plays with. */
export interface Stage {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly settings: Settings;
  /** The side under test. */
  readonly peer: string;
  /** The side that we play. */
  readonly side: string;
  readonly random: Random;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly recorder: Recorder;
  /** Another connection to, or from, the peer. */
  readonly link: (limitMs: number) => Promise<Link>;
  /** True where the peer outlives its sessions: nothing of one may be left with it. */
  readonly outlives?: boolean;
}

/**
 * The play is over before the case was: the peer left the model, went silent, or went away, or the
 * dialect has no form for what the case says.
 */
export class PlayEnded extends Error {
  override readonly name = 'PlayEnded';
  /**
   * `astray`: the judge will have something to say; `unreachable`: a state could not be reached;
   * `unsayable`: the case is not about this dialect.
   */
  readonly why: 'astray' | 'unreachable' | 'unsayable';

  constructor(why: PlayEnded['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** Plays one side by the model, bent where a case says so. Records; never judges. */
export class Player implements CasePlayer {
  readonly #stage: Stage;
  #link: Link;
  #tracker: Tracker;
  #session: Session;
  #ears: Reader;
  #mirror: Reader;
  #frames = 0;
  #lastSaid = '';
  #heard: Perceived | null = null;
  /** True once either side has closed the connection. */
  #over = false;
  #unread: Perceived[] = [];
  /** All that was heard: no more than a case has frames. */
  #past: Perceived[] = [];

  private constructor(stage: Stage, link: Link) {
    this.#stage = stage;
    this.#link = link;
    this.#tracker = this.#newTracker();
    this.#session = this.#newSession();
    this.#ears = stage.protocol.reader(stage.settings);
    this.#mirror = stage.protocol.reader(stage.settings);
  }

  static async open(stage: Stage): Promise<Player> {
    const link = await stage.link(stage.limits.replyMs);
    stage.recorder.record({ kind: 'opened' });
    return new Player(stage, link);
  }

  get context(): unknown {
    return this.#tracker.likeliest.context;
  }

  get states(): readonly string[] {
    return this.#tracker.likeliest.place.states;
  }

  get owed(): boolean {
    return this.#tracker.owed;
  }

  content(message: string): unknown {
    const { protocol } = this.#stage;
    return protocol.contents(message, this.#making(this.#tracker.likeliest))[0];
  }

  compose(message: string, bend: Omit<Utterance, 'message'> = {}): Uint8Array {
    return this.#compose({ message, ...bend }).bytes;
  }

  async say(message: string, bend: Omit<Utterance, 'message'> = {}): Promise<Heard | null> {
    this.send(message, bend);
    return this.#hearOwed();
  }

  send(message: string, bend: Omit<Utterance, 'message'> = {}): void {
    const { bytes, payload, bent } = this.#compose({ message, ...bend });
    this.#lastSaid = message;
    if (bent) this.write(bytes);
    else {
      this.#put(bytes);
      this.#tracker.say(this.#stage.side, () => ({ message, payload, flaws: [] }));
    }
  }

  write(bytes: Uint8Array): void {
    this.#put(bytes);
    const { protocol, settings, side } = this.#stage;
    for (const frame of this.#mirror.push(bytes)) {
      this.#tracker.say(side, (position) => protocol.perceive(frame, side, position, settings));
    }
  }

  async hear(limitMs?: number): Promise<Heard> {
    const heard = await this.#next(limitMs ?? this.#patience());
    if (heard.kind === 'closed' && !this.#over) {
      this.#over = true;
      this.#stage.recorder.record({ kind: 'closed', by: 'peer', how: heard.how });
      this.#tracker.closed();
    }
    return heard;
  }

  async listen(ms: number): Promise<void> {
    const { clock } = this.#stage;
    const untilMs = clock.nowMs() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = untilMs - clock.nowMs()) {
      if ((await this.hear(leftMs)).kind === 'closed') return;
    }
  }

  async walk(state: string): Promise<void> {
    const tried = new Map<number, number>();
    while (!inState(state)(this.#tracker.likeliest) || this.#tracker.owed) {
      this.#count();
      this.#turnBack(tried, state);
      if (inState(state)(this.#tracker.likeliest)) {
        await this.#hearOrEnd(`before ${state} was quiet`);
        continue;
      }
      const leg = this.#leg(state);
      const isTheirs = leg.speaker !== this.#stage.side && (this.#leads || !this.#owes);
      if (isTheirs) await this.#follow(state);
      else if (leg.speaker === this.#stage.side && (this.#leads || leg.arrives))
        this.send(leg.message, { content: this.#content(leg) });
      else await this.#act(await this.#deeds());
    }
  }

  /** The peer is to go on; where both may speak, what our side does by itself may bring it to that. */
  async #follow(state: string): Promise<void> {
    const deeds = this.#leads ? [] : await this.#deeds();
    if (deeds.length === 0) return this.#hearOrEnd(`on the way to ${state}`);
    const heard = await this.#act(deeds);
    if (heard?.kind === 'closed') this.#miss(heard, `on the way to ${state}`);
  }

  /** Ends the session as its side does: what is owed, then the farewell, or until the peer goes. */
  async conclude(): Promise<void> {
    if (this.#over || this.#mirror.pendingBytes > 0) return;
    await this.#hearOwed();
    const { protocol, side } = this.#stage;
    const farewell = protocol.farewell[side];
    if (farewell === undefined) {
      const mostFrames = protocol.model.turnTaking ? Infinity : this.#frames + mostLater;
      return this.improvise(() => this.#frames >= mostFrames);
    }
    for (const message of farewell) {
      if (!this.#over && this.#isLegal(`${side}.${message}`, message)) await this.say(message);
    }
  }

  /** Lets the reference side speak until the peer leaves, falls silent, or `until` holds. */
  async improvise(until: () => boolean = () => false): Promise<void> {
    const { clock } = this.#stage;
    let heardMs = clock.nowMs();
    while (!until() && !this.#over && clock.nowMs() - heardMs <= this.#patience()) {
      const deeds = await this.#deeds();
      const heard = await this.#act(deeds);
      const last = deeds.length === 0 ? await this.hear() : heard;
      if (last?.kind === 'frame') heardMs = clock.nowMs();
      else if (deeds.length === 0) return;
    }
  }

  /** Does what a side does; where it is to be asked again later, hears what comes until then. */
  async #act(deeds: readonly Deed[]): Promise<Heard | null> {
    for (const deed of deeds) this.#do(deed);
    const delayMs = delayOf(deeds);
    return delayMs === null || this.#over ? null : this.hear(delayMs);
  }

  /** Whether the canonical form of a message is allowed now. */
  #isLegal(type: string, message: string): boolean {
    const { protocol, chart } = this.#stage;
    const position = this.#tracker.likeliest;
    if (!position.place.listens.has(type)) return false;
    const [content] = protocol.contents(message, this.#making(position));
    return chart.step(position, { type, content }) !== null;
  }

  async reconnect(how: 'end' | 'reset' = 'end'): Promise<void> {
    const { recorder, limits, protocol, settings } = this.#stage;
    await this.#tidyUp();
    this.#leave(how);
    await this.#link[Symbol.asyncDispose]();
    this.#link = await this.#another(limits.replyMs);
    this.#over = false;
    recorder.record({ kind: 'opened' });
    this.#tracker = this.#newTracker();
    this.#session = this.#newSession();
    this.#ears = protocol.reader(settings);
    this.#mirror = protocol.reader(settings);
    this.#unread = [];
    this.#past = [];
  }

  /** Another connection; a peer that takes none any more ends the play. */
  async #another(limitMs: number): Promise<Link> {
    try {
      return await this.#stage.link(limitMs);
    } catch (fault) {
      if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
      this.#stage.recorder.record({ kind: 'closed', by: 'peer', how: 'refused' });
      throw new PlayEnded('astray', fault.message);
    }
  }

  pause(ms: number): Promise<void> {
    return this.#stage.clock.sleep(ms);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tidyUp();
    this.#leave('end');
    await this.#link[Symbol.asyncDispose]();
  }

  async #tidyUp(): Promise<void> {
    if (this.#over || this.#stage.outlives !== true) return;
    await leaveClean(
      { ...this.#stage, position: this.#tracker.likeliest, heard: this.#past },
      this.#link,
    );
  }

  /** A place seen too often on one way: the peer chooses otherwise, and would for ever. */
  #turnBack(tried: Map<number, number>, state: string): void {
    const { index, tags } = this.#tracker.likeliest.place;
    const { protocol, peer } = this.#stage;
    /** Where both may speak, a place is passed again and again while an answer is awaited. */
    if (!protocol.model.turnTaking && tags.has(`owes:${peer}`)) return;
    const visits = (tried.get(index) ?? 0) + 1;
    if (visits > (this.#leads ? maxRetries : maxVisits)) {
      throw new PlayEnded('unreachable', `${this.#stage.peer} leads elsewhere than to ${state}`);
    }
    tried.set(index, visits);
  }

  /** A client chooses the way; a server follows, and leaves its usual answers only at the end. */
  get #leads(): boolean {
    return this.#stage.side !== this.#stage.protocol.model.server;
  }

  /** Where both sides may speak at once, the peer may wait for us although it could go on. */
  get #owes(): boolean {
    return this.#tracker.likeliest.place.tags.has(`owes:${this.#stage.side}`);
  }

  async #hearOwed(): Promise<Heard | null> {
    let last: Heard | null = null;
    while (this.#tracker.owed) {
      last = await this.hear();
      const left = last.kind === 'closed' && !this.#tracker.owed;
      if (last.kind !== 'frame' && !left) this.#miss(last, 'after its turn came');
    }
    return last;
  }

  async #hearOrEnd(when: string): Promise<void> {
    const heard = await this.hear();
    if (heard.kind !== 'frame') this.#miss(heard, when);
  }

  /** The peer did not speak where it had to: the play is over. */
  #miss(heard: Exclude<Heard, { kind: 'frame' }>, when: string): never {
    if (heard.kind === 'silence') {
      this.#stage.recorder.record({ kind: 'silence', waitedMs: this.#patience() });
      throw new PlayEnded('astray', `the peer said nothing ${when}`);
    }
    throw new PlayEnded('astray', `the peer closed the connection ${when}`);
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
    const { protocol, settings, peer } = this.#stage;
    for (const frame of this.#ears.push(bytes)) {
      this.#count();
      const taken = this.#tracker.hear((position) =>
        protocol.perceive(frame, peer, position, settings),
      );
      this.#past.push(
        ...(taken.ok ? [taken.perceived] : taken.refusals.map((one) => one.perceived)),
      );
      if (!taken.ok) throw new PlayEnded('astray', 'the peer said what the model does not allow');
      if (taken.perceived.quiet === true) continue;
      this.#heard = taken.perceived;
      this.#unread.push(taken.perceived);
    }
  }

  async #deeds(): Promise<readonly Deed[]> {
    const { protocol, side } = this.#stage;
    const record = protocol.sides[side];
    if (record === undefined) return [];
    const part = { model: protocol.model, side, record };
    return answerOf(part, this.#session, this.#moment());
  }

  /** Does what our side owes at once and the case has left undone. */
  async #reflex(): Promise<void> {
    const { protocol, side } = this.#stage;
    const record = protocol.sides[side];
    if (record?.reflexes === undefined) return;
    const part = { model: protocol.model, side, record };
    for (let before: unknown = null; before !== this.#tracker.likeliest && !this.#over;) {
      before = this.#tracker.likeliest;
      const lastSaid = this.#lastSaid;
      for (const deed of await reflexOf(part, this.#session, this.#moment())) this.#do(deed);
      this.#lastSaid = lastSaid;
    }
  }

  #moment(): Moment {
    const { settings, clock } = this.#stage;
    const position = this.#tracker.likeliest;
    return { position, settings, heard: this.#heard, nowMs: clock.nowMs() };
  }

  #do(deed: Deed): void {
    switch (deed.do) {
      case 'say':
        return this.send(deed.utterance.message, deed.utterance);
      case 'write':
        return this.write(deed.bytes);
      case 'close':
      case 'reset':
      case 'stall':
        return this.#leave(deed.do === 'reset' ? 'reset' : 'end');
      case 'later':
    }
  }

  #leave(how: 'end' | 'reset'): void {
    if (this.#over) return;
    this.#over = true;
    if (how === 'reset') this.#link.reset();
    else this.#link.end();
    this.#stage.recorder.record({ kind: 'closed', by: 'player', how });
  }

  #leg(state: string): Leg {
    const { protocol, chart, settings } = this.#stage;
    /** Ways are remembered: looking for one must not change what is drawn afterwards. */
    const random = this.#stage.random.fork('ways');
    const leg = nextLeg(chart, protocol.model, {
      position: this.#tracker.likeliest,
      contents: (message, position) =>
        protocol.contents(message, { ...this.#making(position), random }),
      state,
      under: JSON.stringify([settings.dialect, settings.readings, settings.options]),
    });
    if (leg === null) throw new PlayEnded('unreachable', `no legal way leads to ${state}`);
    return leg;
  }

  #content(leg: Leg): unknown {
    const making = this.#making(this.#tracker.likeliest);
    return this.#stage.protocol.contents(leg.message, making)[leg.variant];
  }

  #compose(utterance: Utterance) {
    const { protocol, side } = this.#stage;
    const composed = protocol.compose(utterance, side, this.#making(this.#tracker.likeliest));
    if (composed.lossy !== true) return composed;
    throw new PlayEnded('unsayable', `the dialect has no form for this ${utterance.message}`);
  }

  #making(position: Making['position']): Making {
    return { position, settings: this.#stage.settings, random: this.#stage.random };
  }

  #put(bytes: Uint8Array): void {
    this.#count();
    this.#stage.recorder.record({ kind: 'sent', bytes });
    this.#link.write(bytes);
  }

  #patience(): number {
    const { limits } = this.#stage;
    return limits.replyMsAfter[this.#lastSaid] ?? limits.replyMs;
  }

  #count(): void {
    this.#frames += 1;
    if (this.#frames > this.#stage.limits.frames) {
      throw new PlayEnded('unreachable', `more than ${this.#stage.limits.frames} frames`);
    }
  }

  #newTracker(): Tracker {
    const { chart, protocol, peer, settings } = this.#stage;
    return new Tracker(chart, protocol.model, { peer, input: protocol.sessionInput(settings) });
  }

  #newSession(): Session {
    const { protocol, side, random, settings } = this.#stage;
    const record = protocol.sides[side];
    if (record === undefined) throw new HarnessError('internal', `no reference side '${side}'`);
    return { memory: record.memory(random, settings), random };
  }
}
