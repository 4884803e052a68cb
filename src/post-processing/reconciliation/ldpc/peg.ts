import type { Random } from '#src/base/random.ts';

/**
 * Progressive edge growth: lays the edges of the variables one after another, each to a check as
 * far away as can be in the graph so far, so that cycles are long. Variables of few edges come
 * first, as short cycles among them make the code words of low weight that a decoder ends in.
 *
 * @param degrees edges of each variable
 * @param capacities edges that each check takes; their sum is that of `degrees`
 * @returns the checks of each variable
 * @see Hu, Eleftheriou and Arnold, IEEE Trans. Inf. Theory 51, 386 (2005)
 */
export function growEdges(
  degrees: readonly number[],
  capacities: readonly number[],
  random: Random,
): readonly (readonly number[])[] {
  const checks = new GrowingChecks(
    capacities,
    (Math.max(...new Set(degrees)) - 1) * mostOf(capacities),
  );
  return degrees.map((degree) => {
    const laid: number[] = [];
    while (laid.length < degree) {
      const check = emptiest(checks, checks.farthestFrom(laid), random);
      checks.join(laid, check);
      laid.push(check);
    }
    return laid;
  });
}

function mostOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** One of the checks with the most room, by chance. */
function emptiest(graph: GrowingChecks, checks: readonly number[], random: Random): number {
  const most = mostOf(checks.map((check) => graph.room(check)));
  return random.pick(checks.filter((check) => graph.room(check) === most));
}

/** Checks that share a variable are neighbours; a search marks whom it saw with its number. */
class GrowingChecks {
  readonly #room: Int32Array;
  /** Rows of equal width, filled as far as `#met` says. */
  readonly #neighbours: Int32Array;
  readonly #width: number;
  readonly #met: Int32Array;
  readonly #seen: Int32Array;
  #search = 0;
  /** Checks in the order in which the search came to them. */
  readonly #queue: Int32Array;

  constructor(capacities: readonly number[], width: number) {
    this.#room = Int32Array.from(capacities);
    this.#neighbours = new Int32Array(capacities.length * width);
    this.#width = width;
    this.#met = new Int32Array(capacities.length);
    this.#seen = new Int32Array(capacities.length);
    this.#queue = new Int32Array(capacities.length);
  }

  /** Edges that a check still takes. */
  room(check: number): number {
    return this.#room[check] ?? 0;
  }

  /** Lays an edge to a check for the variable that was `laid` to those. */
  join(laid: readonly number[], check: number): void {
    this.#room[check] = this.room(check) - 1;
    for (const other of laid) {
      this.#meet(check, other);
      this.#meet(other, check);
    }
  }

  #meet(check: number, other: number): void {
    const met = this.#met[check] ?? 0;
    this.#neighbours[check * this.#width + met] = other;
    this.#met[check] = met + 1;
  }

  /** Checks with room that no path from these reaches, or, where paths reach all, the last ones. */
  farthestFrom(checks: readonly number[]): readonly number[] {
    this.#search += 1;
    for (const check of checks) this.#seen[check] = this.#search;
    this.#queue.set(checks);
    const levels = [0, checks.length];
    for (let start = 0, end = checks.length; start < end;) {
      const next = this.#spread(start, end);
      levels.push(next);
      start = end;
      end = next;
    }
    const unseen = this.#unseen();
    if (unseen.length > 0) return unseen;
    const roomy = [...this.#queue].map((check) => (this.room(check) > 0 ? check : -1));
    const ofLevel = levels.map((start, level) =>
      roomy.slice(start, levels[level + 1]).filter((check) => check >= 0),
    );
    return ofLevel.findLast((level) => level.length > 0) ?? [];
  }

  /** Queues the unseen neighbours of those queued from `start` to `end`; where the queue ends now. */
  #spread(start: number, end: number): number {
    const [queue, seen, neighbours] = [this.#queue, this.#seen, this.#neighbours];
    const search = this.#search;
    let queued = end;
    for (let at = start; at < end && queued < seen.length; at += 1) {
      const check = queue[at] ?? 0;
      const first = check * this.#width;
      const stop = first + (this.#met[check] ?? 0);
      for (let edge = first; edge < stop; edge += 1) {
        const other = neighbours[edge] ?? 0;
        if (seen[other] === search) continue;
        seen[other] = search;
        queue[queued] = other;
        queued += 1;
      }
    }
    return queued;
  }

  #unseen(): readonly number[] {
    const unseen: number[] = [];
    this.#seen.forEach((search, check) => {
      if (search !== this.#search && this.room(check) > 0) unseen.push(check);
    });
    return unseen;
  }
}
