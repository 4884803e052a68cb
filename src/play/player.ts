import { HarnessError } from '#src/base/errors.ts';
import { inState, nextLeg, type Leg } from '#src/chart/path.ts';
import type { CasePlayer, Heard } from '#src/contract/case.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Deed } from '#src/contract/side.ts';
import type { Link } from '#src/transport/link.ts';
import { delayOf } from './answer.ts';
import { PlayEnded, type Stage } from './stage.ts';
import { Talk } from './talk.ts';
import { unlessWithheld } from './warden.ts';

/** How often a place is passed again when the server refuses, proposes or aborts on the way. */
const maxRetries = 4;
/** How often a client that is followed may come by one place, block after block. */
const maxVisits = 100;
/** Frames that a client that goes on for ever, because we do, is followed behind a case. */
const mostLater = 600;

/** Plays one side by the model, bent where a case says so. Records; never judges. */
export class Player implements CasePlayer {
  readonly #stage: Stage;
  #talk: Talk;
  /** Connections that are open beside that of the talk. */
  readonly #left: Talk[] = [];
  #frames = 0;

  private constructor(stage: Stage, link: Link) {
    this.#stage = stage;
    this.#talk = this.#newTalk(link);
  }

  static async open(stage: Stage): Promise<Player> {
    return new Player(stage, await stage.link(stage.limits.replyMs));
  }

  get context(): unknown {
    return this.#talk.position.context;
  }

  get states(): readonly string[] {
    return this.#talk.position.place.states;
  }

  get owed(): boolean {
    return this.#talk.tracker.owed;
  }

  content(message: string): unknown {
    return this.#stage.protocol.contents(message, this.#talk.making)[0];
  }

  compose(message: string, bend: Omit<Utterance, 'message'> = {}): Uint8Array {
    return this.#talk.compose({ message, ...bend }).bytes;
  }

  async say(message: string, bend: Omit<Utterance, 'message'> = {}): Promise<Heard | null> {
    this.send(message, bend);
    return this.#hearOwed();
  }

  send(message: string, bend: Omit<Utterance, 'message'> = {}): void {
    this.#talk.say({ message, ...bend });
  }

  write(bytes: Uint8Array): void {
    this.#talk.write(bytes);
  }

  hear(limitMs?: number): Promise<Heard> {
    return this.#talk.hear(limitMs ?? this.#talk.patience);
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
    while (!inState(state)(this.#talk.position) || this.owed) {
      this.#count();
      this.#turnBack(tried, state);
      if (inState(state)(this.#talk.position)) {
        await this.#hearOrEnd(`before ${state} was quiet`);
        continue;
      }
      const leg = this.#leg(state);
      const isTheirs = leg.speaker !== this.#stage.side && (this.#leads || !this.#owes);
      if (isTheirs) await this.#follow(state);
      else if (leg.speaker === this.#stage.side && (this.#leads || leg.arrives))
        this.send(leg.message, { content: this.#content(leg) });
      else await this.#act(await this.#talk.deeds());
    }
  }

  /** Ends the session as its side does: what is owed, then the farewell, or until the peer goes. */
  async conclude(): Promise<void> {
    if (this.#talk.isOver || this.#talk.isHalfSaid) return;
    await this.#hearOwed();
    const { protocol, side } = this.#stage;
    const parting = this.#talk.hasSpoken ? protocol.parting?.[side] : undefined;
    const farewell = parting ?? protocol.farewell[side];
    if (farewell === undefined) {
      const mostFrames = protocol.model.turnTaking ? Infinity : this.#frames + mostLater;
      return this.improvise(() => this.#frames >= mostFrames);
    }
    for (const message of farewell) {
      if (!this.#talk.isOver && this.#isLegal(`${side}.${message}`, message)) {
        await this.say(message);
      }
    }
  }

  /** Lets the reference side speak until the peer leaves, falls silent, or `until` holds. */
  async improvise(until: () => boolean = () => false): Promise<void> {
    const { clock } = this.#stage;
    let heardMs = clock.nowMs();
    while (!until() && !this.#talk.isOver && clock.nowMs() - heardMs <= this.#talk.patience) {
      const deeds = await this.#talk.deeds();
      const heard = await this.#act(deeds);
      const last = deeds.length === 0 ? await this.hear() : heard;
      if (last?.kind === 'frame') heardMs = clock.nowMs();
      else if (deeds.length === 0) return;
    }
  }

  async reconnect(how: 'end' | 'reset' = 'end'): Promise<void> {
    await this.#talk.end(how);
    this.#talk = this.#newTalk(await this.#another(this.#stage.limits.replyMs));
  }

  async beside(): Promise<void> {
    this.#left.push(this.#talk);
    this.#talk = this.#newTalk(await this.#another(this.#stage.limits.replyMs));
  }

  pause(ms: number): Promise<void> {
    return this.#stage.clock.sleep(ms);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const talk of [this.#talk, ...this.#left.toReversed()]) await talk.end('end');
  }

  /** The peer is to go on; where both may speak, what our side does by itself may bring it to that. */
  async #follow(state: string): Promise<void> {
    const deeds = this.#leads ? [] : await this.#talk.deeds();
    if (deeds.length === 0) return this.#hearOrEnd(`on the way to ${state}`);
    const heard = await this.#act(deeds);
    if (heard?.kind === 'closed') this.#miss(heard, `on the way to ${state}`);
  }

  /** Does what a side does; where it is to be asked again later, hears what comes until then. */
  async #act(deeds: readonly Deed[]): Promise<Heard | null> {
    for (const deed of deeds) this.#talk.do(deed);
    const delayMs = delayOf(deeds);
    return delayMs === null || this.#talk.isOver ? null : this.hear(delayMs);
  }

  /** Whether the canonical form of a message is allowed now. */
  #isLegal(type: string, message: string): boolean {
    const { position } = this.#talk;
    if (!position.place.listens.has(type)) return false;
    if (this.#stage.warden?.withheld.has(message) === true) return false;
    return this.#stage.chart.step(position, { type, content: this.content(message) }) !== null;
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

  /** A place seen too often on one way: the peer chooses otherwise, and would for ever. */
  #turnBack(tried: Map<number, number>, state: string): void {
    const { index, tags } = this.#talk.position.place;
    const { protocol, peer } = this.#stage;
    /** Where both may speak, a place is passed again and again while an answer is awaited. */
    if (!protocol.model.turnTaking && tags.has(`owes:${peer}`)) return;
    const visits = (tried.get(index) ?? 0) + 1;
    if (visits > (this.#leads ? maxRetries : maxVisits)) {
      throw new PlayEnded('unreachable', `${peer} leads elsewhere than to ${state}`);
    }
    tried.set(index, visits);
  }

  /** A client chooses the way; a server follows, and leaves its usual answers only at the end. */
  get #leads(): boolean {
    return this.#stage.side !== this.#stage.protocol.model.server;
  }

  /** Where both sides may speak at once, the peer may wait for us although it could go on. */
  get #owes(): boolean {
    return this.#talk.position.place.tags.has(`owes:${this.#stage.side}`);
  }

  async #hearOwed(): Promise<Heard | null> {
    let last: Heard | null = null;
    while (this.owed) {
      last = await this.hear();
      const left = last.kind === 'closed' && !this.owed;
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
      this.#stage.recorder.record({ kind: 'silence', waitedMs: this.#talk.patience });
      throw new PlayEnded('astray', `the peer said nothing ${when}`);
    }
    throw new PlayEnded('astray', `the peer closed the connection ${when}`);
  }

  #leg(state: string): Leg {
    const { protocol, chart, settings, warden } = this.#stage;
    const barred = warden?.withheld ?? [];
    /** Ways are remembered: looking for one must not change what is drawn afterwards. */
    const random = this.#stage.random.fork('ways');
    const leg = nextLeg(chart, protocol.model, {
      position: this.#talk.position,
      contents: (message, position) =>
        unlessWithheld(warden, message, () =>
          protocol.contents(message, { position, settings, random }),
        ),
      state,
      under: JSON.stringify([settings.dialect, settings.readings, settings.options, ...barred]),
    });
    if (leg === null) throw new PlayEnded('unreachable', `no legal way leads to ${state}`);
    return leg;
  }

  #content(leg: Leg): unknown {
    return this.#stage.protocol.contents(leg.message, this.#talk.making)[leg.variant];
  }

  #newTalk(link: Link): Talk {
    return new Talk(this.#stage, link, () => this.#count());
  }

  #count(): void {
    this.#frames += 1;
    if (this.#frames > this.#stage.limits.frames) {
      throw new PlayEnded('unreachable', `more than ${this.#stage.limits.frames} frames`);
    }
  }
}
