import type { Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import { moves } from '#src/chart/path.ts';
import type { Deviation, Step } from '#src/contract/fuzz.ts';
import { operations } from './deviate.ts';
import type { Arena } from './walker.ts';

/** Chances of each kind of step; the rest are legal moves. */
const chances = { deviation: 0.18, misplaced: 0.08, repeat: 0.02, reconnect: 0.005, hasty: 0.01 };
/** How often a step is drawn to find the one that was tried least. */
const draws = 3;
/** How often a way to bend is avoided at its place before it is avoided everywhere. */
const enough = 3;
/** Chance that a step is taken although it is avoided. */
const recklessness = 0.02;

/** What a campaign may not do to its target. */
export interface Restraint {
  /** Legal moves only. */
  readonly safe: boolean;
  /** Messages that are never said. */
  readonly never: readonly string[];
  /** Phases that the target does not have. */
  readonly absent: readonly string[];
}

/**
 * Chooses steps. With feedback it draws several and takes the one whose (place, step) was tried
 * least, and goes on about the places where something new came of a step.
 */
export class Picker {
  readonly #arena: Arena;
  readonly #random: Random;
  readonly #feedback: boolean;
  readonly #operations: readonly Pick<Deviation, 'level' | 'op'>[];
  readonly #messages: readonly string[];
  readonly #legal = new Map<number, readonly Extract<Step, { do: 'say' }>[]>();
  readonly #tried = new Map<string, number>();
  readonly #triples = new Set<string>();
  readonly #avoided = new Map<string, number>();
  readonly #restraint: Restraint;

  constructor(
    arena: Arena,
    random: Random,
    bounds: { readonly feedback: boolean; readonly restraint: Restraint },
  ) {
    this.#arena = arena;
    this.#random = random;
    this.#feedback = bounds.feedback;
    this.#restraint = bounds.restraint;
    this.#operations = operations(arena.fuzzing);
    this.#messages = Object.keys(arena.protocol.model.messages).filter(
      (message) => !bounds.restraint.never.includes(message),
    );
  }

  /** Distinct (states, step, what was heard) so far. */
  get triples(): ReadonlySet<string> {
    return this.#triples;
  }

  /** `null` where nothing may be said. */
  next(position: Position): Step | null {
    let best = this.#drawn(position);
    if (!this.#feedback || best === null) return best;
    let least = this.#times(position, best);
    for (let count = 1; count < draws && least > 0; count += 1) {
      const step = this.#drawn(position);
      if (step === null) break;
      const times = this.#times(position, step);
      if (times < least) {
        best = step;
        least = times;
      }
    }
    return best;
  }

  /** True where this never came of that step at that place. */
  learn(position: Position, step: Step, heard: string): boolean {
    const key = this.#key(position, step);
    this.#tried.set(key, (this.#tried.get(key) ?? 0) + 1);
    const triple = `${position.place.states.join('+')}${key.slice(key.indexOf(':'))}>${heard}`;
    if (this.#triples.has(triple)) return false;
    this.#triples.add(triple);
    return true;
  }

  /** Takes this step hardly ever again: the target does not survive it, and that is known. */
  avoid(position: Position, step: Step): void {
    for (const key of [this.#key(position, step), manner(step)]) {
      if (key !== null) this.#avoided.set(key, (this.#avoided.get(key) ?? 0) + 1);
    }
  }

  #drawn(position: Position): Step | null {
    for (let tries = 0; ; tries += 1) {
      const step = this.#draw(position);
      if (step === null || tries >= 20 || !this.#isAvoided(position, step)) return step;
      if (this.#random.unit() < recklessness) return step;
    }
  }

  #isAvoided(position: Position, step: Step): boolean {
    if (this.#avoided.size === 0) return false;
    const everywhere = this.#avoided.get(manner(step) ?? '') ?? 0;
    return everywhere >= enough || this.#avoided.has(this.#key(position, step));
  }

  #draw(position: Position): Step | null {
    const random = this.#random;
    const legal = this.#moves(position);
    if (this.#restraint.safe) return legal.length === 0 ? null : random.pick(legal);
    let at = random.unit();
    if ((at -= chances.reconnect) < 0) {
      return { do: 'reconnect', how: random.below(2) === 0 ? 'end' : 'reset' };
    }
    if ((at -= chances.repeat) < 0) return { do: 'repeat', back: random.below(4) };
    if ((at -= chances.misplaced) < 0 || legal.length === 0) {
      return { do: 'say', message: random.pick(this.#messages), variant: 0 };
    }
    const step = random.pick(legal);
    if ((at -= chances.hasty) < 0) return { ...step, hasty: true };
    if ((at -= chances.deviation) >= 0) return step;
    const { level, op } = random.pick(this.#operations);
    const dice = [random.below(2 ** 31), random.below(2 ** 31), random.below(2 ** 31)];
    return { ...step, deviation: { level, op, dice } };
  }

  /** What our side may legally say at a place; worked out once. */
  #moves(position: Position): readonly Extract<Step, { do: 'say' }>[] {
    const known = this.#legal.get(position.place.index);
    if (known !== undefined) return known;
    const { protocol, chart, settings, side } = this.#arena;
    const random = this.#random;
    const contents = (message: string, at: Position) =>
      protocol.contents(message, { position: at, settings, random });
    const { never, absent } = this.#restraint;
    const mine = [...moves(chart, protocol.model, { position, contents })]
      .filter(({ speaker, message }) => speaker === side && !never.includes(message))
      .filter(
        ({ step }) => !entered(position, step).some((state) => absent.includes(phaseOf(state))),
      )
      .map(({ message, variant }) => ({ do: 'say' as const, message, variant }));
    this.#legal.set(position.place.index, mine);
    return mine;
  }

  #times(position: Position, step: Step): number {
    return this.#tried.get(this.#key(position, step)) ?? 0;
  }

  #key({ place }: Position, step: Step): string {
    if (step.do !== 'say') return `${place.index}:${step.do}`;
    const op = step.deviation === undefined ? '' : `${step.deviation.level}/${step.deviation.op}`;
    return `${place.index}:${step.message}.${step.variant}:${op}`;
  }
}

/** States that a step leads into. */
function entered(position: Position, step: Position): readonly string[] {
  return step.place.states.filter((state) => !position.place.states.includes(state));
}

function phaseOf(state: string): string {
  return state.slice(0, state.lastIndexOf('.'));
}

/** A way to bend a message, wherever it is done; `null` for a plain step: its place tells more. */
function manner(step: Step): string | null {
  if (step.do !== 'say' || step.deviation === undefined) return null;
  return `*${step.deviation.level}/${step.deviation.op}`;
}
