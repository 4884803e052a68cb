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
  const most = (values: readonly number[]) => values.reduce((top, one) => Math.max(top, one), 0);
  const checks = new GrowingChecks(capacities, (most(degrees) - 1) * most(capacities));
  return degrees.map((degree) => {
    const laid: number[] = [];
    while (laid.length < degree) {
      const check = random.pick(checks.farthestFrom(laid));
      checks.join(laid, check);
      laid.push(check);
    }
    return laid;
  });
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

  /** Lays an edge to a check for the variable that was `laid` to those. */
  join(laid: readonly number[], check: number): void {
    this.#room[check] = (this.#room[check] ?? 0) - 1;
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

  /**
   * Checks with room that no path from these reaches, or, where paths reach all, the last ones: of
   * them those with the most room.
   */
  farthestFrom(checks: readonly number[]): readonly number[] {
    this.#search += 1;
    for (const check of checks) this.#seen[check] = this.#search;
    this.#queue.set(checks);
    const levels = [0, checks.length];
    for (let start = 0, end = checks.length; start < end && end < this.#queue.length;) {
      const next = this.#spread(start, end);
      levels.push(next);
      start = end;
      end = next;
    }
    levels.push(this.#queueUnseen(levels.at(-1) ?? 0));
    for (let level = levels.length - 1; level > 0; level -= 1) {
      const roomiest = this.#roomiest(levels[level - 1] ?? 0, levels[level] ?? 0);
      if (roomiest.length > 0) return roomiest;
    }
    return [];
  }

  /** Those queued from `start` to `end` with the most room; none where there is no room. */
  #roomiest(start: number, end: number): readonly number[] {
    let most = 1;
    let roomiest: number[] = [];
    for (let at = start; at < end; at += 1) {
      const check = this.#queue[at] ?? 0;
      const room = this.#room[check] ?? 0;
      if (room < most) continue;
      if (room > most) roomiest = [];
      most = room;
      roomiest.push(check);
    }
    return roomiest;
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

  #queueUnseen(end: number): number {
    let queued = end;
    for (let check = 0; check < this.#seen.length; check += 1) {
      if (this.#seen[check] === this.#search) continue;
      this.#queue[queued] = check;
      queued += 1;
    }
    return queued;
  }
}
