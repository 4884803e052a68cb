import { seededRandom, type Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import { moves } from '#src/chart/path.ts';
import type { Deviation, Step } from '#src/contract/fuzz.ts';
import { operations } from './deviate.ts';
import type { Arena } from './walker.ts';

/** What a campaign may not do to its target. */
export interface Restraint {
  /** Legal moves only. */
  readonly safe: boolean;
  /** Messages that are never said. */
  readonly never: readonly string[];
  /** Phases that the target does not have. */
  readonly absent: readonly string[];
}

/** Chances of each kind of step; the rest are legal moves. */
export interface Taste {
  readonly bent: number;
  readonly misplaced: number;
  readonly repeat: number;
  readonly reconnect: number;
  readonly hasty: number;
  readonly pieces: number;
  /** Where both sides may speak at any time: waits for what the peer says by itself. */
  readonly hear: number;
}

/** Chances of each level among what is bent: contents have the most ways to be wrong. */
const levels: Readonly<Record<Deviation['level'], number>> = {
  bytes: 0.1,
  frame: 0.45,
  content: 0.45,
};

/** What a misplaced message is: one that was legal before, rather than any. */
const nostalgia = 0.4;
/** What is wrong with a message: that its content is good in itself and not here, now and then. */
const oddity = 0.15;
/** How often. */
const plainness = 0.6;

/** What the peer says by itself is answered in another way than our side would, bent or not. */
const contrariness = { otherwise: 0.6, bent: 0.6 };
/** Chance that something is said where nothing may be said, instead of waiting. */
const impatience = 0.15;

/** A step that says something. */
export type Say = Extract<Step, { do: 'say' }>;

/** What can be done at a place, drawn by chance. */
export class Menu {
  readonly #arena: Arena;
  readonly #random: Random;
  readonly #restraint: Restraint;
  readonly #operations: readonly Pick<Deviation, 'level' | 'op'>[];
  readonly #messages: readonly string[];
  readonly #legal = new Map<number, readonly Say[]>();
  readonly #odds = new Map<number, readonly Say[]>();
  /** By place and message: how many of its contents are usual. */
  readonly #usual = new Map<string, number>();
  /** What our side may answer to what the peer may say by itself; `null`: it may say nothing. */
  readonly #due = new Map<number, readonly Say[] | null>();
  /** What is legal where the session stands, and what was where it stood before. */
  #legalNow: readonly Say[] = [];
  #bygones: readonly Say[] = [];

  constructor(arena: Arena, random: Random, restraint: Restraint) {
    this.#arena = arena;
    this.#random = random;
    this.#restraint = restraint;
    this.#operations = operations(arena.fuzzing);
    this.#messages = Object.keys(arena.protocol.model.messages).filter(
      (message) => !restraint.never.includes(message),
    );
  }

  /** The session comes to a place: what is legal there may be stale later. */
  pass(position: Position): void {
    const legal = this.legal(position);
    if (legal === this.#legalNow) return;
    this.#bygones = this.#legalNow;
    this.#legalNow = legal;
  }

  /** `null` where nothing may be said. */
  draw(position: Position, taste: Taste): Step | null {
    const random = this.#random;
    const legal = this.legal(position);
    const waiting = this.#waiting(position, taste, legal.length === 0);
    if (waiting !== null) return waiting;
    if (this.#restraint.safe) return legal.length === 0 ? null : random.pick(legal);
    let at = random.unit();
    if ((at -= taste.reconnect) < 0) return this.freshStart();
    if ((at -= taste.repeat) < 0) return { do: 'repeat', back: random.below(4) };
    if ((at -= taste.misplaced) < 0 || legal.length === 0) return this.#misplaced(position);
    const step = this.#one(legal, position);
    if ((at -= taste.hasty) < 0) return { ...step, hasty: true };
    if ((at -= taste.pieces) < 0) return { ...step, pieces: this.#dice() };
    if ((at -= taste.bent) >= 0) return step;
    const odd = this.#odd(position);
    if (odd.length > 0 && random.unit() < oddity) return random.pick(odd);
    return { ...this.#plainly(step, legal), deviation: this.#deviation() };
  }

  /** Where both may speak at any time messages with many contents would crowd out the others. */
  #one(legal: readonly Say[], position: Position): Say {
    const random = this.#random;
    if (this.#arena.protocol.model.turnTaking) return random.pick(legal);
    const message = this.#weighed([...new Set(legal.map((step) => step.message))]);
    const variants = legal.filter((step) => step.message === message);
    const { usualShare } = this.#arena.fuzzing;
    if (usualShare === undefined) return random.pick(variants);
    const count = this.#usualCount(message, position);
    const isUsual = random.unit() < usualShare;
    const some = variants.filter(({ variant }) => variant < count === isUsual);
    return random.pick(some.length > 0 ? some : variants);
  }

  #weighed(messages: readonly string[]): string {
    const random = this.#random;
    if (this.#arena.fuzzing.weights === undefined) return random.pick(messages);
    let at = random.unit() * messages.reduce((sum, message) => sum + this.#weight(message), 0);
    return messages.find((message) => (at -= this.#weight(message)) < 0) ?? random.pick(messages);
  }

  #weight(message: string): number {
    return this.#arena.fuzzing.weights?.[message] ?? 1;
  }

  /** How much a step is worth against others that were tried as often. */
  worth(step: Step): number {
    return step.do === 'say' && step.deviation === undefined ? this.#weight(step.message) : 1;
  }

  get hasProbes(): boolean {
    return this.#arena.fuzzing.promising !== undefined;
  }

  /** Asks how the peer stands; `null` where nothing is to be asked. */
  probe(position: Position): Step | null {
    const { fuzzing, settings } = this.#arena;
    if (fuzzing.promising === undefined) return null;
    const making = { position, settings, random: seededRandom(0) };
    const legal = new Set(this.legal(position).map(({ message }) => message));
    const hints = fuzzing.promising(making).filter(({ message }) => legal.has(message));
    return hints.length === 0 ? null : { do: 'say', ...this.#random.pick(hints) };
  }

  /** Contents of the protocol's own; worked out once for a place. */
  #usualCount(message: string, position: Position): number {
    const key = `${position.place.index} ${message}`;
    const known = this.#usual.get(key);
    if (known !== undefined) return known;
    const { protocol, settings } = this.#arena;
    const making = { position, settings, random: seededRandom(0) };
    const count = protocol.contents(message, making).length;
    this.#usual.set(key, count);
    return count;
  }

  /** There what is bent is mostly a plain content: the peer is known to take it as it is. */
  #plainly(step: Say, legal: readonly Say[]): Say {
    if (this.#arena.protocol.model.turnTaking || this.#random.unit() >= plainness) return step;
    return legal.find(({ message }) => message === step.message) ?? step;
  }

  /** Where both may speak at any time: now and then the peer comes first. */
  #waiting(position: Position, taste: Taste, isMute: boolean): Step | null {
    if (this.#arena.protocol.model.turnTaking) return null;
    const random = this.#random;
    const due = this.#answersDue(position);
    const chance = isMute ? 1 - (this.#restraint.safe ? 0 : impatience) : taste.hear;
    if ((due === null && !isMute) || random.unit() >= chance) return null;
    if (due === null || due.length === 0 || this.#restraint.safe) return { do: 'hear' };
    if (taste.bent === 0 || random.unit() >= contrariness.otherwise) return { do: 'hear' };
    const step: Say = { ...random.pick(due), due: true };
    const isBent = random.unit() < contrariness.bent;
    return isBent ? { ...step, deviation: this.#deviation() } : step;
  }

  /** Whether the peer may say something by itself. */
  mayHear(position: Position): boolean {
    return this.#answersDue(position) !== null;
  }

  /** What our side may answer to what the peer may say by itself; worked out once for a place. */
  #answersDue(position: Position): readonly Say[] | null {
    const known = this.#due.get(position.place.index);
    if (known !== undefined) return known;
    const { protocol, chart, side, peer } = this.#arena;
    const contents = (message: string, at: Position) => this.#contents(message, at);
    const theirs = [...moves(chart, protocol.model, { position, contents })].filter(
      ({ speaker }) => speaker === peer,
    );
    const answers = theirs.flatMap(({ step }) =>
      step.place.tags.has(`owes:${side}`) && !position.place.tags.has(`owes:${side}`)
        ? this.legal(step).filter((one) => !this.#isLegal(one, position))
        : [],
    );
    const due = theirs.length === 0 ? null : this.#hasReflexes ? distinct(answers) : [];
    this.#due.set(position.place.index, due);
    return due;
  }

  #isLegal({ message, variant }: Say, position: Position): boolean {
    return this.legal(position).some((one) => one.message === message && one.variant === variant);
  }

  get #hasReflexes(): boolean {
    const { protocol, side } = this.#arena;
    return protocol.sides[side]?.reflexes !== undefined;
  }

  /** Another connection, after a good or a bad end of this one. */
  freshStart(): Step {
    return { do: 'reconnect', how: this.#random.below(4) === 0 ? 'reset' : 'end' };
  }

  /** True for a message that the target may be told. */
  offers(message: string): boolean {
    return this.#messages.includes(message);
  }

  /** A session begins: nothing was legal yet. */
  begin(): void {
    this.#legalNow = [];
    this.#bygones = [];
  }

  /** Something that was legal where the session stood before and is not any more. */
  stale(position: Position): Step | null {
    if (this.#restraint.safe) return null;
    const legal = this.legal(position);
    const stale = this.#bygones.filter(
      (step) => !legal.some(({ message }) => message === step.message),
    );
    return stale.length === 0 ? null : this.#random.pick(stale);
  }

  #misplaced(position: Position): Step {
    const stale = this.#random.unit() < nostalgia ? this.stale(position) : null;
    return stale ?? { do: 'say', message: this.#random.pick(this.#messages), variant: 0 };
  }

  #deviation(): Deviation {
    const random = this.#random;
    let at = random.unit();
    const [level] = Object.entries(levels).find(([, chance]) => (at -= chance) < 0) ?? ['content'];
    const { op, level: found } = random.pick(this.#operations.filter((row) => row.level === level));
    return { level: found, op, dice: this.#dice() };
  }

  #dice(): readonly number[] {
    return [0, 1, 2].map(() => this.#random.below(2 ** 31));
  }

  /** What our side may legally say at a place; worked out once. */
  legal(position: Position): readonly Say[] {
    const known = this.#legal.get(position.place.index);
    if (known !== undefined) return known;
    const { protocol, chart, side } = this.#arena;
    const contents = (message: string, at: Position) => this.#contents(message, at);
    const { absent } = this.#restraint;
    const mine = [...moves(chart, protocol.model, { position, contents })]
      .filter(({ speaker, message }) => speaker === side && this.offers(message))
      .filter(
        ({ step }) => !entered(position, step).some((state) => absent.includes(phaseOf(state))),
      )
      .map(({ message, variant }) => ({ do: 'say' as const, message, variant }));
    this.#legal.set(position.place.index, mine);
    return mine;
  }

  /** Legal messages with contents that are not legal at a place. */
  #odd(position: Position): readonly Say[] {
    const known = this.#odds.get(position.place.index);
    if (known !== undefined) return known;
    const legal = this.legal(position);
    const odd = [...new Set(legal.map(({ message }) => message))].flatMap((message) =>
      this.#contents(message, position)
        .map((_, variant) => ({ do: 'say' as const, message, variant }))
        .filter(
          ({ variant }) => !legal.some((one) => one.message === message && one.variant === variant),
        ),
    );
    this.#odds.set(position.place.index, odd);
    return odd;
  }

  #contents(message: string, position: Position): readonly unknown[] {
    const { protocol, fuzzing, settings } = this.#arena;
    const making = { position, settings, random: seededRandom(0) };
    return [...protocol.contents(message, making), ...fuzzing.contents(message, making)];
  }
}

/** Each once. */
function distinct(steps: readonly Say[]): readonly Say[] {
  const named = steps.map((step) => [`${step.message}.${step.variant}`, step] as const);
  return [...new Map(named).values()];
}

/** States that a step leads into. */
function entered(position: Position, step: Position): readonly string[] {
  return step.place.states.filter((state) => !position.place.states.includes(state));
}

/** The phase that a state belongs to. */
export function phaseOf(state: string): string {
  return state.slice(0, state.lastIndexOf('.'));
}
