import type { Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import type { Step } from '#src/contract/fuzz.ts';
import { Experience } from './experience.ts';
import { Guide } from './guide.ts';
import { Patience } from './patience.ts';
import { Menu, type Restraint, type Say, type Taste } from './menu.ts';
import type { Arena, Came } from './walker.ts';

/** On the way anywhere: mostly legal, so that the session lives. */
export const wandering: Taste = {
  bent: 0.16,
  misplaced: 0.08,
  repeat: 0.02,
  reconnect: 0.01,
  hasty: 0.01,
  pieces: 0.01,
  hear: 0.12,
};
/** Where the session was led to on purpose. */
export const arrived: Taste = {
  bent: 0.45,
  misplaced: 0.22,
  repeat: 0.03,
  reconnect: 0.01,
  hasty: 0.03,
  pieces: 0.02,
  hear: 0.15,
};
/** Nothing but what is legal, for a whole connection: much is remembered only in long ones. */
const calm: Taste = {
  bent: 0,
  misplaced: 0,
  repeat: 0,
  reconnect: 0,
  hasty: 0,
  pieces: 0,
  hear: 0.4,
};
const calmness = 0.15;
/** There a legal step is said again and again, so often, where it stays legal. */
const drill = { chance: 0.5, steps: 8 };
/** Chance that a session wanders a while instead of being led, and for how many steps. */
const wanderlust = 0.1;
const wanderedSteps = 8;
/** Steps at a goal before another is chosen, and how many more where something new came of one. */
const stay = { first: 6, more: 3, calm: 2 };
/** Chance that a session asks how its peer stands, where there is something to ask. */
const inquisitiveness = 0.3;
/** How often a step is drawn to find the one that was tried least. */
const draws = 5;
/** Steps of ours on the way to a state: a peer that chooses other answers never gets us there. */
const maxLegs = 32;
/** Chance that a session on its way takes a legal step that was never taken there. */
const curiosity = 0.25;
/** Chance that a session that has moved on says what was legal before: it must not work. */
const doubt = 0.4;
/** How many states are asked for the way before the session wanders. */
const maxGoals = 4;
/** Goals are alike whose exhaustion differs by no more. */
const slack = 2;
/** Chance that a step is taken although it is avoided. */
const recklessness = 0.02;

/** What the session is about: on its way to a state, at one, or nowhere in particular. */
interface Intent {
  readonly kind: 'reach' | 'stay' | 'wander';
  readonly state: string;
  /** Steps that are left of it. */
  steps: number;
}

/**
 * Chooses steps. It leads sessions by legal ways to states, deviates there, and goes on from
 * where that ends. With feedback the states come first where the least was done for what came of
 * it, and steps that were tried least; without it all are alike.
 */
export class Picker {
  readonly experience: Experience;
  readonly patience = new Patience();
  readonly #random: Random;
  readonly #feedback: boolean;
  readonly #restraint: Restraint;
  /** True where the peer is a client: it moves on whatever we do. */
  readonly #isLedByPeer: boolean;
  readonly #side: string;
  #menu: Menu;
  #guide: Guide;
  #intent: Intent = nothing();
  #isCalm = false;
  /** Steps since the connection began. */
  #depth = 0;
  /** Where the last step was taken, and whether the way to somewhere asked for it. */
  #stood: string | null = null;
  #isLed = false;
  /** Where a session stays. */
  #here: readonly string[] | null = null;
  /** Where a calm connection went first: it goes there again and again. */
  #intended = '';
  /** What is said again while it is legal. */
  #drilled: { readonly step: Say; left: number } | null = null;

  constructor(
    arena: Arena,
    random: Random,
    bounds: {
      readonly feedback: boolean;
      readonly restraint: Restraint;
      /** What came of steps in an earlier run. */
      readonly triples: Iterable<string>;
    },
  ) {
    this.experience = new Experience(bounds.triples);
    this.#random = random;
    this.#feedback = bounds.feedback;
    this.#restraint = bounds.restraint;
    this.#side = arena.side;
    this.#isLedByPeer = arena.side === arena.protocol.model.server;
    this.#menu = new Menu(arena, random, bounds.restraint);
    this.#guide = new Guide(arena, bounds.restraint);
  }

  /** Another reading of the target is known. */
  adopt(arena: Arena): void {
    this.#menu = new Menu(arena, this.#random, this.#restraint);
    this.#guide = new Guide(arena, this.#restraint);
  }

  /** A session begins. */
  begin(): void {
    this.#menu.begin();
    this.#connect();
  }

  /** `null` where nothing may be said. */
  next(position: Position): Step | null {
    this.#menu.pass(position);
    const again = this.#again(position);
    if (again !== null) return again;
    const stale = this.#hasStrayed(position) ? this.#menu.stale(position) : null;
    this.#stood = placeName(position.place);
    this.#isLed = false;
    if (stale !== null) return stale;
    const hasLeft = this.#intent.kind === 'stay' && !this.#isHere(position);
    if (hasLeft || (this.#intent.kind !== 'reach' && this.#intent.steps === 0)) {
      if (!this.#intend(position)) return this.#restraint.safe ? null : this.#menu.freshStart();
    }
    if (this.#intent.kind === 'reach') {
      const leg = this.#led(position, this.#intent.state);
      if (leg !== null) return leg;
    }
    return this.#chosen(position);
  }

  /** Whether the peer may say something by itself at a place. */
  mayHear(position: Position): boolean {
    return this.#menu.mayHear(position);
  }

  /** True where this never came of that step at that place; and what it cost is remembered. */
  learn(position: Position, step: Step, came: Pick<Came, 'kind' | 'heard'>): boolean {
    this.#depth += 1;
    const isNew = this.experience.learn(position, step, came);
    if (step.do === 'reconnect') {
      this.#connect();
      return isNew;
    }
    /** What the peer does not say by itself leads nowhere. */
    if (step.do === 'hear' && came.heard === 'silence' && this.#intent.kind === 'reach') {
      this.#intent = nothing();
    }
    /** The way somewhere is no effort for the places on it. */
    if (this.#intent.kind !== 'reach') this.experience.spend(position.place.states, isNew);
    const pays = isNew && this.#feedback && this.#intent.kind === 'stay';
    if (pays) this.#intent.steps = Math.max(this.#intent.steps, stay.more);
    return isNew;
  }

  /** A connection begins: nothing is intended yet. */
  #connect(): void {
    this.#intent = nothing();
    this.#isCalm = this.#random.unit() < calmness;
    this.#drilled = null;
    this.#intended = '';
    this.#stood = null;
    this.#depth = 0;
  }

  /**
   * Where to now: a state with a legal way to it, or nowhere in particular. False where no way
   * leads anywhere from here.
   */
  #intend(position: Position): boolean {
    this.#here = null;
    this.#intent = { kind: 'wander', state: '', steps: wanderedSteps };
    if (this.#random.unit() < wanderlust) return true;
    const asked = new Set<string>();
    while (asked.size < maxGoals) {
      const state = this.#goal(asked);
      if (state === null) break;
      asked.add(state);
      const isThere = position.place.states.includes(state);
      if (isThere || this.#guide.leg(position, state) !== null) {
        this.experience.spend([state]);
        this.#intended = state;
        this.#intent = isThere
          ? { kind: 'stay', state, steps: this.#stay }
          : { kind: 'reach', state, steps: maxLegs };
        return true;
      }
    }
    this.#intent.steps = 0;
    return asked.size === 0;
  }

  /** True now and then where a step of our own choice has moved the session on. */
  #hasStrayed({ place }: Position): boolean {
    if (this.#isCalm || this.#isLed || this.#stood === null) return false;
    return this.#stood !== placeName(place) && this.#random.unit() < doubt;
  }

  /** True while a session that stays somewhere has not left: where it stood first counts. */
  #isHere({ place }: Position): boolean {
    if (this.#isLedByPeer) return true;
    this.#here ??= place.states;
    return this.#here.every((state) => place.states.includes(state));
  }

  #goal(asked: ReadonlySet<string>): string | null {
    const left = this.#guide.goals.filter((state) => !asked.has(state));
    if (left.length === 0) return null;
    if (this.#isCalm) {
      if (asked.size === 0 && this.#intended !== '') return this.#intended;
      return this.#random.pick(left.slice(Math.floor(left.length / 2)));
    }
    if (!this.#feedback) return this.#random.pick(left);
    const exhaustion = left.map((state) => this.experience.exhaustion(state));
    const least = Math.min(...exhaustion) + slack;
    return left.find((_, index) => (exhaustion[index] ?? 0) <= least) ?? null;
  }

  /** The next legal step to a state; `null` once it is there, or there is none any more. */
  #led(position: Position, state: string): Step | null {
    const isThere = position.place.states.includes(state);
    const leg = this.#intent.steps > 0 ? this.#guide.leg(position, state) : null;
    this.#intent.steps -= 1;
    if (isThere || leg === null || leg.arrives) {
      const kind = leg === null && !isThere ? 'wander' : 'stay';
      this.#intent = { kind, state, steps: this.#stay };
      this.#here = null;
    }
    if (isThere || leg === null) return null;
    if (this.#feedback && this.#random.unit() < curiosity) {
      const untried = this.#menu
        .legal(position)
        .filter((step) => this.experience.times(position, step) < 1);
      if (untried.length > 0) return this.#random.pick(untried);
    }
    this.#isLed = true;
    if (leg.speaker !== this.#side) return this.#awaited(position);
    return { do: 'say', message: leg.message, variant: leg.variant };
  }

  /** The peer comes next: it may wait for what we owe. */
  #awaited(position: Position): Step {
    const { tags } = position.place;
    const legal = tags.has(`owes:${this.#side}`) ? this.#menu.legal(position) : [];
    return legal.length === 0 ? { do: 'hear' } : this.#random.pick(legal);
  }

  /** The step that is drilled, while it is legal. */
  #again(position: Position): Step | null {
    const drilled = this.#drilled;
    if (drilled === null) return null;
    drilled.left -= 1;
    const isLegal = this.#menu
      .legal(position)
      .some(
        (step) => step.message === drilled.step.message && step.variant === drilled.step.variant,
      );
    if (drilled.left <= 0 || !isLegal) this.#drilled = null;
    return this.#drilled === null ? null : drilled.step;
  }

  #chosen(position: Position): Step | null {
    const { kind } = this.#intent;
    this.#intent.steps -= 1;
    const step = this.#leastTried(
      position,
      this.#isCalm ? calm : kind === 'stay' ? arrived : wandering,
    );
    if (
      this.#isCalm &&
      kind === 'stay' &&
      step?.do === 'say' &&
      this.#random.unit() < drill.chance
    ) {
      this.#drilled = { step, left: drill.steps };
    }
    return step;
  }

  #leastTried(position: Position, taste: Taste): Step | null {
    const probe = this.#isCurious() ? this.#menu.probe(position) : null;
    if (probe !== null) return probe;
    let best = this.#drawn(position, taste);
    if (!this.#feedback || best === null) return best;
    let least = this.#weariness(position, best);
    for (let count = 1; count < draws && least > 0; count += 1) {
      const step = this.#drawn(position, taste);
      if (step === null) break;
      const times = this.#weariness(position, step);
      if (times < least) {
        best = step;
        least = times;
      }
    }
    return best;
  }

  /** True now and then, where something tells more than other steps. */
  #isCurious(): boolean {
    return this.#menu.hasProbes && this.#random.unit() < inquisitiveness;
  }

  /** A step that is worth more may be taken more often. */
  #weariness(position: Position, step: Step): number {
    return this.experience.weariness(position, step, this.#depth) / this.#menu.worth(step);
  }

  get #stay(): number {
    return this.#isCalm ? stay.calm : stay.first;
  }

  #drawn(position: Position, taste: Taste): Step | null {
    for (let tries = 0; ; tries += 1) {
      const step = this.#menu.draw(position, taste);
      if (step === null || tries >= 20 || !this.experience.isAvoided(position, step)) return step;
      if (this.#random.unit() < recklessness) return step;
    }
  }
}

function nothing(): Intent {
  return { kind: 'wander', state: '', steps: 0 };
}

function placeName({ states }: Position['place']): string {
  return states.join('+');
}
