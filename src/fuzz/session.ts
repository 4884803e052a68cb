import { HarnessError } from '#src/base/errors.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Position } from '#src/contract/position.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Coverage } from '#src/contract/verdict.ts';
import type { Picker } from './picker.ts';
import { sessionRandom } from './replay.ts';
import { Walker, withheld, type Arena, type Came } from './walker.ts';

/** A peer that goes on talking after the farewell is listened to for so long, ms. */
const lingerMs = 1500;
/** So often in a row a peer is waited for that says nothing by itself. */
const maxSilences = 3;

/** One session, and what its last step came to; `gone`: the target could not be reached. */
export interface Walked {
  readonly came: Came | { readonly kind: 'gone' };
  readonly steps: readonly Step[];
  readonly trace: Trace;
  readonly seed: number;
  /** The last step of our choice, and where it was taken. */
  readonly last: { readonly position: Position; readonly step: Step } | null;
  readonly coverage: Coverage;
}

/** What a session is walked by. */
export interface SessionPlan {
  readonly arena: Arena;
  readonly picker: Picker;
  readonly seed: number;
  /** Of our choice, before the session takes its leave. */
  readonly maxSteps: number;
  /** Messages that are never said, not even to take leave. */
  readonly never: readonly string[];
  /** Told of messages, sent and heard, as they come. */
  readonly count: (messages: number) => void;
  /** Told when something new came of a step. */
  readonly learnt: () => void;
  /** True when the session is to end early. */
  readonly isOver: () => boolean;
}

/** Walks one session and leaves it: targets that serve one client at a time are free again. */
export async function walkSession(plan: SessionPlan): Promise<Walked> {
  const session = new Session(plan);
  try {
    return await session.walk();
  } finally {
    await session.leave();
  }
}

class Session {
  readonly #plan: SessionPlan;
  readonly #steps: Step[] = [];
  #walker: Walker | null = null;
  #last: Walked['last'] = null;

  constructor(plan: SessionPlan) {
    this.#plan = plan;
  }

  async walk(): Promise<Walked> {
    const { arena, seed } = this.#plan;
    try {
      const walker = await Walker.open(arena, {
        random: sessionRandom(seed),
        seed,
        hearMs: () => this.#hearMs(),
      });
      this.#walker = walker;
      return this.#walked(await this.#steppedThrough(walker));
    } catch (fault) {
      if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
      return this.#walked({ kind: 'gone' });
    }
  }

  async leave(): Promise<void> {
    await this.#walker?.[Symbol.asyncDispose]();
  }

  async #steppedThrough(walker: Walker): Promise<Came> {
    const { arena, picker, maxSteps, learnt, isOver } = this.#plan;
    picker.begin();
    let came = await this.#counted(walker, () => walker.listen());
    let silences = 0;
    while (
      this.#steps.length < maxSteps &&
      silences < maxSilences &&
      (came.kind === 'fine' || came.kind === 'dirty')
    ) {
      const position = walker.tracker.likeliest;
      const step: Step | null =
        came.kind === 'dirty' ? { do: 'reconnect', how: 'end' } : picker.next(position);
      if (step === null) break;
      if (came.kind === 'fine') this.#last = { position, step };
      const beganMs = arena.clock.nowMs();
      came = await this.#take(walker, step);
      const isSilent = step.do === 'hear' && came.heard === 'silence';
      const tookMs = arena.clock.nowMs() - beganMs;
      if (step.do === 'hear' && !isSilent) picker.patience.came(tookMs);
      if (step.do === 'say') picker.patience.answered(tookMs);
      silences = isSilent ? silences + 1 : 0;
      if (picker.learn(position, step, came)) learnt();
      if (isOver()) break;
    }
    return came.kind === 'fine' ? this.#farewell(walker) : came;
  }

  /** For what the peer says by itself where the session stands, ms. */
  #hearMs(): number {
    const { picker } = this.#plan;
    const position = this.#walker?.tracker.likeliest;
    const isMute = position !== undefined && !picker.mayHear(position);
    return isMute ? picker.patience.quietMs : picker.patience.hearMs;
  }

  /** A legal end: the peer lives, and is where the model says it is. */
  async #farewell(walker: Walker): Promise<Came> {
    const { arena, never } = this.#plan;
    const { protocol, side } = arena;
    let came = await this.#counted(walker, () => walker.listen());
    for (const message of protocol.farewell[side] ?? []) {
      const isLegal = walker.tracker.likeliest.place.listens.has(`${side}.${message}`);
      if (came.kind !== 'fine') return came;
      if (isLegal && !never.includes(message)) {
        came = await this.#take(walker, { do: 'say', message, variant: 0 });
      }
    }
    return protocol.model.turnTaking ? came : this.#linger(walker, came);
  }

  /** What is said behind the farewell, where the peer may speak at any time: mostly nothing. */
  async #linger(walker: Walker, last: Came): Promise<Came> {
    const { clock } = this.#plan.arena;
    const untilMs = clock.nowMs() + lingerMs;
    let came = last;
    while (came.kind === 'fine' && clock.nowMs() < untilMs) {
      came = await this.#take(walker, { do: 'hear' });
      if (came.heard === 'silence') break;
    }
    return came;
  }

  async #take(walker: Walker, step: Step): Promise<Came> {
    const before = walker.messages;
    this.#steps.push(step);
    const came = await this.#counted(walker, () => walker.take(step));
    /** What was not said at all is no part of the session. */
    if (came.heard === withheld && walker.messages === before) this.#steps.pop();
    return came;
  }

  async #counted(walker: Walker, act: () => Promise<Came>): Promise<Came> {
    const before = walker.messages;
    const came = await act();
    this.#plan.count(walker.messages - before);
    return came;
  }

  #walked(came: Walked['came']): Walked {
    const { arena, seed } = this.#plan;
    const { protocol, settings, peer } = arena;
    const { dialect, options } = settings;
    const nothing = { protocol: protocol.name, dialect, peer, options, seed, events: [] };
    return {
      came,
      seed,
      steps: this.#steps,
      last: this.#last,
      trace: this.#walker?.trace() ?? nothing,
      coverage: this.#walker?.coverage ?? { states: new Set(), transitions: new Set() },
    };
  }
}
