import { seededRandom } from '#src/base/random.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { Recorder } from '#src/play/recorder.ts';
import type { Arrival, Link } from '#src/transport/link.ts';
import { CarriedOver } from './carried-over.ts';
import { Visits } from './visits.ts';
import type { Arena } from './walker.ts';

/**
 * Says again what the player said in a trace: a flawless frame with today's challenges and whatever
 * the peer names otherwise today, everything else byte by byte. Returns what happened this time.
 */
export async function replayTrace(arena: Arena, trace: Trace): Promise<Trace> {
  await using again = new Again(arena, trace);
  for (const event of trace.events) if (!(await again.act(event))) break;
  return again.trace();
}

/** A session of which both ends are heard. */
interface Followed {
  readonly tracker: Tracker;
  readonly ears: Reader;
  readonly mirror: Reader;
}

class Again implements AsyncDisposable {
  readonly #arena: Arena;
  readonly #recorder: Recorder;
  /** How often something came from the peer so far. */
  readonly #arrivals = { earlier: 0, today: 0 };
  readonly #random = seededRandom(0).fork('trace');
  readonly #carriedOver = new CarriedOver();
  /** Connections of its own that the peer has opened in this session. */
  #visits: Visits;
  #link: Link | null = null;
  #tracker: Tracker;
  #ears: Reader;
  #mirror: Reader;
  /** The session of then, followed beside: what was flawless then is said afresh. */
  #then: Followed;

  constructor(arena: Arena, { protocol, dialect, peer, options, seed }: Trace) {
    this.#arena = arena;
    this.#recorder = new Recorder({ protocol, dialect, peer, options, seed }, arena.clock);
    this.#tracker = this.#newTracker();
    this.#ears = this.#newReader();
    this.#mirror = this.#newReader();
    this.#then = this.#newFollowed();
    this.#visits = this.#newVisits();
  }

  trace(): Trace {
    return this.#recorder.trace();
  }

  /** False where nothing more can be done: the peer has gone or fallen silent. */
  async act(event: TraceEvent): Promise<boolean> {
    switch (event.kind) {
      case 'opened':
        await this.#open();
        return true;
      case 'sent':
        await this.#comesDue(event.bytes);
        await this.#visitsCome(event.bytes);
        this.#say(event.bytes);
        return this.#hear('owed');
      case 'received':
        this.#heardThen(event.bytes);
        if (this.#isFree) return true;
        this.#arrivals.earlier += 1;
        return this.#arrivals.today >= this.#arrivals.earlier || this.#hear('anything');
      case 'closed':
        return event.by === 'player' ? this.#leave(event.how) : this.#hear('anything');
      case 'silence':
        return this.#hear(this.#isFree ? 'owed' : 'anything');
      case 'omitted':
        return true;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#link?.end();
    await this.#link?.[Symbol.asyncDispose]();
  }

  async #open(): Promise<void> {
    await this.#link?.[Symbol.asyncDispose]();
    this.#link = await this.#arena.link(this.#arena.replyMs);
    this.#recorder.record({ kind: 'opened' });
    this.#tracker = this.#newTracker();
    this.#ears = this.#newReader();
    this.#mirror = this.#newReader();
    this.#then = this.#newFollowed();
    this.#visits = this.#newVisits();
  }

  /** Where both sides may speak at any time the peer says what it says when it likes. */
  get #isFree(): boolean {
    return !this.#arena.protocol.model.turnTaking;
  }

  /** What answered the peer then waits until there is something to be answered today. */
  async #comesDue(bytes: Uint8Array): Promise<void> {
    const { protocol, settings, side, replyMs, clock } = this.#arena;
    const owes = ({ place }: Position) => place.tags.has(`owes:${side}`);
    const then = this.#then.tracker.likeliest;
    if (!this.#isFree || !owes(then)) return;
    const frames = protocol.reader(settings).push(bytes);
    const isAnswer = frames.some((frame) => {
      const { message, payload, quiet } = protocol.perceive(frame, side, then, settings);
      const step = { ...payload, type: `${side}.${message}` };
      const next = quiet === true ? null : this.#arena.chart.step(then, step);
      return next !== null && !owes(next);
    });
    const untilMs = clock.nowMs() + replyMs;
    while (isAnswer && !owes(this.#tracker.likeliest) && clock.nowMs() < untilMs) {
      if (!(await this.#hear('anything'))) return;
    }
  }

  #say(bytes: Uint8Array): void {
    const { protocol, fuzzing, settings, side } = this.#arena;
    const then = this.#then.tracker.likeliest;
    const fresh = this.#fresh(bytes);
    const said = fresh ?? fuzzing.renew?.(bytes, then, this.#tracker.likeliest) ?? bytes;
    this.#recorder.record({ kind: 'sent', bytes: said });
    this.#link?.write(said);
    for (const frame of this.#mirror.push(said)) {
      this.#tracker.say(side, (at) => protocol.perceive(frame, side, at, settings));
    }
  }

  /** The same message made today; `null` where it was bent, or no single whole frame. */
  #fresh(bytes: Uint8Array): Uint8Array | null {
    const { protocol, settings, side } = this.#arena;
    const { mirror, tracker } = this.#then;
    const stood = tracker.likeliest;
    const whole = mirror.pendingBytes === 0;
    const frames = mirror.push(bytes);
    const seen = frames
      .map((frame) => protocol.perceive(frame, side, tracker.likeliest, settings))
      .filter(({ quiet }) => quiet !== true);
    for (const frame of frames) {
      tracker.say(side, (at) => protocol.perceive(frame, side, at, settings));
    }
    const [said] = seen;
    if (!whole || said === undefined || seen.length > 1 || mirror.pendingBytes > 0) return null;
    const { message, payload, flaws } = said;
    if (message === null || flaws.length > 0) return null;
    const making = { position: this.#tracker.likeliest, settings, random: this.#random };
    this.#carriedOver.worksOut(this.#usual(message, stood), this.#usual(message, making.position));
    const content = this.#carriedOver.renewed(payload['content']);
    return protocol.compose({ message, content }, side, making).bytes;
  }

  /** What is usually said there: the same chance both times. */
  #usual(message: string, position: Position): unknown {
    const { protocol, settings } = this.#arena;
    return protocol.contents(message, { position, settings, random: seededRandom(0) })[0];
  }

  #heardThen(bytes: Uint8Array): void {
    const { protocol, settings, peer } = this.#arena;
    for (const frame of this.#then.ears.push(bytes)) {
      const { tracker } = this.#then;
      const { message, payload } = protocol.perceive(frame, peer, tracker.likeliest, settings);
      if (message !== null) this.#carriedOver.heardThen(message, payload['content']);
      tracker.hear((at) => protocol.perceive(frame, peer, at, settings));
    }
  }

  /** Listens while something is owed, or for one arrival. */
  async #hear(what: 'owed' | 'anything'): Promise<boolean> {
    const { replyMs } = this.#arena;
    if (this.#link === null) return false;
    for (let heard = 0; this.#tracker.owed || (what === 'anything' && heard === 0); heard += 1) {
      if (!this.#take(await this.#link.read(replyMs))) return false;
    }
    return true;
  }

  /** Where the peer opens connections of its own, what is said on one of them waits for it. */
  async #visitsCome(bytes: Uint8Array): Promise<void> {
    const { protocol, replyMs } = this.#arena;
    if (protocol.bundle === undefined || this.#link === null) return;
    while (this.#visits.areMissing(bytes)) {
      const arrival = await this.#link.read(replyMs);
      /** It does not come today: nothing is waited for any more. */
      if (arrival.kind === 'silence') this.#visits.giveUp();
      else if (!this.#take(arrival)) return;
    }
  }

  /** False where nothing more can be done. */
  #take(arrival: Arrival): boolean {
    if (arrival.kind === 'closed') {
      this.#recorder.record({ kind: 'closed', by: 'peer', how: arrival.how });
      return false;
    }
    if (arrival.kind === 'silence') {
      this.#recorder.record({ kind: 'silence', waitedMs: arrival.waitedMs });
      return false;
    }
    this.#arrivals.today += 1;
    this.#recorder.record({ kind: 'received', bytes: arrival.bytes });
    if (this.#arena.protocol.bundle !== undefined) this.#visits.saw(arrival.bytes);
    return this.#ears.push(arrival.bytes).every((frame) => this.#understand(frame));
  }

  /** False for what the model does not allow. */
  #understand(frame: unknown): boolean {
    const { protocol, settings, peer } = this.#arena;
    const { likeliest } = this.#tracker;
    const { message, payload } = protocol.perceive(frame, peer, likeliest, settings);
    if (message !== null) this.#carriedOver.heardToday(message, payload['content']);
    return this.#tracker.hear((at) => protocol.perceive(frame, peer, at, settings)).ok;
  }

  #leave(how: 'end' | 'reset' | 'refused'): boolean {
    if (how === 'reset') this.#link?.reset();
    else this.#link?.end();
    this.#recorder.record({ kind: 'closed', by: 'player', how });
    return true;
  }

  /** Of the peer: it is called, or calls. */
  #newVisits(): Visits {
    const { protocol, peer } = this.#arena;
    return new Visits(peer === protocol.model.server ? 1 : 0);
  }

  #newFollowed(): Followed {
    return { tracker: this.#newTracker(), ears: this.#newReader(), mirror: this.#newReader() };
  }

  #newReader(): Reader {
    return this.#arena.protocol.reader(this.#arena.settings);
  }

  #newTracker(): Tracker {
    const { chart, protocol, peer, settings } = this.#arena;
    return new Tracker(chart, protocol.model, { peer, input: protocol.sessionInput(settings) });
  }
}
