import { HarnessError } from '#src/base/errors.ts';
import type { Random } from '#src/base/random.ts';

/** How often chance may fail to place an edge before another check is torn up. */
const triesPerEdge = 60;
const tearsAtMost = 20_000;

/**
 * Lays edges by chance, but no two variables share two checks: no cycle of length 4, none with the
 * checks `taken` either, which share the same variables.
 *
 * @param degrees edges of each variable
 * @param checks edges of each check; their sum is that of `degrees`
 * @returns the variables of each check
 */
export function scatterEdges(
  degrees: readonly number[],
  checks: readonly number[],
  { taken, random }: { readonly taken: readonly (readonly number[])[]; readonly random: Random },
): readonly (readonly number[])[] {
  const scattered = new Scattered(degrees, random);
  for (const row of taken) scattered.pair(row);
  const rows: number[][] = checks.map(() => []);
  const open = checks.map((_, check) => check);
  for (let tears = 0; open.length > 0;) {
    const check = open.at(-1) ?? 0;
    const row = scattered.draw(checks[check] ?? 0);
    if (row !== null) {
      rows[check] = row;
      open.pop();
      continue;
    }
    tears += 1;
    if (tears > tearsAtMost) throw new HarnessError('internal', 'no such graph was found');
    const torn = random.below(checks.length);
    if ((rows[torn] ?? []).length === 0) continue;
    scattered.giveBack(rows[torn] ?? []);
    rows[torn] = [];
    open.push(torn);
  }
  return rows;
}

class Scattered {
  /** Sockets not used yet, by their variable; the first `#left` count. */
  readonly #sockets: Int32Array;
  #left: number;
  readonly #pairs = new Set<number>();
  readonly #variables: number;
  readonly #random: Random;

  constructor(degrees: readonly number[], random: Random) {
    this.#variables = degrees.length;
    this.#random = random;
    this.#sockets = Int32Array.from(
      degrees.flatMap((degree, variable) => Array.from({ length: degree }, () => variable)),
    );
    this.#left = this.#sockets.length;
  }

  /** Remembers that these variables share a check. */
  pair(row: readonly number[]): void {
    row.forEach((one, at) => {
      for (const other of row.slice(0, at)) this.#pairs.add(this.#key(one, other));
    });
  }

  /** Uses sockets of variables of which no two share a check; `null`: none were found. */
  draw(size: number): number[] | null {
    const row: number[] = [];
    for (let tries = 0; row.length < size && tries < size * triesPerEdge; tries += 1) {
      const socket = this.#random.below(Math.max(1, this.#left));
      const variable = this.#sockets[socket] ?? 0;
      if (this.#left === 0 || !row.every((other) => this.#mayMeet(variable, other))) continue;
      row.push(variable);
      this.#left -= 1;
      this.#sockets[socket] = this.#sockets[this.#left] ?? 0;
    }
    if (row.length < size) {
      this.#return(row);
      return null;
    }
    this.pair(row);
    return row;
  }

  giveBack(row: readonly number[]): void {
    row.forEach((one, at) => {
      for (const other of row.slice(0, at)) this.#pairs.delete(this.#key(one, other));
    });
    this.#return(row);
  }

  #return(row: readonly number[]): void {
    for (const variable of row) {
      this.#sockets[this.#left] = variable;
      this.#left += 1;
    }
  }

  #mayMeet(one: number, other: number): boolean {
    return one !== other && !this.#pairs.has(this.#key(one, other));
  }

  #key(one: number, other: number): number {
    return Math.min(one, other) * this.#variables + Math.max(one, other);
  }
}
