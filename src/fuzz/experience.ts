import { fingerprint } from '#src/base/fingerprint.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Position } from '#src/contract/position.ts';
import type { Came } from './walker.ts';

/** How often a way to bend is avoided at its place before it is avoided everywhere. */
const enough = 3;
/** Steps of the way to a place that weigh as much as having tried a step there once. */
const depthWorth = 5;

/** What a campaign has tried so far, where, and what came of it. */
export class Experience {
  readonly #tried = new Map<string, number>();
  readonly #triples = new Set<string>();
  /** By kind of step: how often the connection was of no more use after it. */
  readonly #ends = new Map<string, number>();
  readonly #avoided = new Map<string, number>();
  /** By state: steps that were taken there, and how many of them brought something new. */
  readonly #efforts = new Map<string, { steps: number; news: number }>();

  /** What went before, from the triples that are left of it. */
  constructor(triples: Iterable<string> = []) {
    for (const triple of triples) {
      this.#triples.add(triple);
      const key = triple.slice(0, triple.lastIndexOf('>'));
      this.#count(key, key.slice(key.indexOf(':') + 1));
    }
  }

  /** Distinct (states, step, what was heard) so far. */
  get triples(): ReadonlySet<string> {
    return this.#triples;
  }

  /** True where this never came of that step at that place. */
  learn(position: Position, step: Step, { kind, heard }: Pick<Came, 'kind' | 'heard'>): boolean {
    const key = keyOf(position, step);
    if (kind !== 'fine') this.#ends.set(kindOf(step), (this.#ends.get(kindOf(step)) ?? 0) + 1);
    this.#count(key, kindOf(step));
    const triple = `${key}>${heard}`;
    const isNew = !this.#triples.has(triple);
    if (isNew) this.#triples.add(triple);
    return isNew;
  }

  /** Counts a step that was taken for the sake of these states. */
  spend(states: readonly string[], isNew = false): void {
    for (const state of states) {
      const effort = this.#efforts.get(state) ?? { steps: 0, news: 0 };
      effort.steps += 1;
      if (isNew) effort.news += 1;
      this.#efforts.set(state, effort);
    }
  }

  /** Steps for the sake of a state; those that brought something new count half. */
  exhaustion(state: string): number {
    const { steps, news } = this.#efforts.get(state) ?? { steps: 0, news: 0 };
    return steps - news / 2;
  }

  /** How often a step was taken at such a place. */
  times(position: Position, step: Step): number {
    return this.#times(keyOf(position, step));
  }

  /**
   * How little a step promises: how often it was taken here, a little for how often anywhere, and
   * for the steps that led here as far as it uses to end the connection.
   */
  weariness(position: Position, step: Step, depth: number): number {
    const kind = kindOf(step);
    const anywhere = this.#times(kind);
    const ends = (this.#ends.get(kind) ?? 0) / Math.max(1, anywhere);
    return this.times(position, step) + anywhere / (1 + anywhere) + (ends * depth) / depthWorth;
  }

  /** Takes this step hardly ever again: the target does not survive it, and that is known. */
  avoid(position: Position, step: Step): void {
    for (const key of [keyOf(position, step), mannerOf(step)]) {
      if (key !== null) this.#avoided.set(key, (this.#avoided.get(key) ?? 0) + 1);
    }
  }

  isAvoided(position: Position, step: Step): boolean {
    if (this.#avoided.size === 0) return false;
    const everywhere = this.#avoided.get(mannerOf(step) ?? '') ?? 0;
    return everywhere >= enough || this.#avoided.has(keyOf(position, step));
  }

  #count(...keys: readonly string[]): void {
    for (const key of keys) this.#tried.set(key, this.#times(key) + 1);
  }

  #times(key: string): number {
    return this.#tried.get(key) ?? 0;
  }
}

const stands = new WeakMap<Position['place'], string>();

/** Where a step is taken: the states alone, whatever went before them; short, for it is kept often. */
function standOf({ place }: Position): string {
  const known = stands.get(place) ?? fingerprint(place.states.join('+')).toString(36);
  stands.set(place, known);
  return known;
}

function keyOf(position: Position, step: Step): string {
  return `${standOf(position)}:${kindOf(step)}`;
}

/** A step without its dice. */
function kindOf(step: Step): string {
  if (step.do !== 'say') return step.do;
  const { message, variant, deviation, hasty, pieces, due } = step;
  const op = deviation === undefined ? '' : `${deviation.level}/${deviation.op}`;
  const when = `${hasty === true ? 'hasty' : ''}${due === true ? 'due' : ''}`;
  const manner = `${when}${pieces === undefined ? '' : 'pieces'}`;
  return `${message}.${variant}:${op}${manner}`;
}

/** A way to bend a message, wherever it is done; `null` for a plain step: its place tells more. */
function mannerOf(step: Step): string | null {
  if (step.do !== 'say' || step.deviation === undefined) return null;
  return `*${step.deviation.level}/${step.deviation.op}`;
}
