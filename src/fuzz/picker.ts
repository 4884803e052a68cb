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

  constructor(arena: Arena, random: Random, feedback: boolean) {
    this.#arena = arena;
    this.#random = random;
    this.#feedback = feedback;
    this.#operations = operations(arena.fuzzing);
    this.#messages = Object.keys(arena.protocol.model.messages);
  }

  /** Distinct (place, step, what was heard) so far. */
  get triples(): number {
    return this.#triples.size;
  }

  next(position: Position): Step {
    let best = this.#draw(position);
    if (!this.#feedback) return best;
    let least = this.#times(position, best);
    for (let count = 1; count < draws && least > 0; count += 1) {
      const step = this.#draw(position);
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
    const triple = `${key}>${heard}`;
    if (this.#triples.has(triple)) return false;
    this.#triples.add(triple);
    return true;
  }

  #draw(position: Position): Step {
    const random = this.#random;
    let at = random.unit();
    const legal = this.#moves(position);
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
    const mine = [...moves(chart, protocol.model, { position, contents })]
      .filter(({ speaker }) => speaker === side)
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
