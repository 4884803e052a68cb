import type { Model } from '#models/language/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import { type Chart, type Position, type Step } from './chart.ts';
import { distanceTo, type Estimate } from './distance.ts';
import { mayTalk } from './tracker.ts';

/** Valid contents of a message from a position, the canonical one first. */
export type Contents = (message: string, position: Position) => readonly unknown[];

/** One legal step: who says what. */
export interface Move {
  readonly speaker: string;
  readonly message: string;
  readonly content: unknown;
  /** Which of the message's contents it takes. */
  readonly variant: number;
  readonly step: Step;
}

/** Every legal move from a position, in the order of the messages' table. */
export function* moves(
  chart: Chart,
  model: Model,
  from: { position: Position; contents: Contents },
): Generator<Move> {
  const { position, contents } = from;
  for (const [message, row] of Object.entries(model.messages)) {
    for (const speaker of row.saidBy) {
      const type = `${speaker}.${message}`;
      if (!position.place.listens.has(type) || !mayTalk(model, position, speaker)) continue;
      for (const [variant, content] of contents(message, position).entries()) {
        const step = chart.step(position, { ...said(row), type, content });
        if (step !== null) yield { speaker, message, content, variant, step };
      }
    }
  }
}

/**
 * The legal moves when the server answers as servers usually do: with the first answer of the
 * messages' table that is none of the exceptional ones.
 */
export function usualMoves(
  chart: Chart,
  model: Model,
  from: { position: Position; contents: Contents },
): readonly Move[] {
  const legal = [...moves(chart, model, from)];
  const answers = legal.filter(
    ({ speaker, message }) =>
      speaker === model.server && model.messages[message]?.exceptional !== true,
  );
  return [...legal.filter(({ speaker }) => speaker !== model.server), ...answers.slice(0, 1)];
}

/** What a way is looked for by. */
interface Search {
  readonly position: Position;
  readonly contents: Contents;
  readonly goal: (position: Position) => boolean;
  /** Which moves are considered; every legal one without it. */
  readonly onward?: typeof usualMoves;
  /** Steps that are left at least: places from which the goal is too far are left out. */
  readonly least?: Estimate;
  /** How much more is thought of what is left of a way than of its length so far: 1 without it. */
  readonly greed?: number;
  /** Places that are looked at at most. */
  readonly bound?: number;
}

/** Places that are looked at for one way, where nothing else is said. */
const usualBound = 20_000;

/** A place on the way, how it was reached, and the least length of a whole way through it. */
interface Reached {
  readonly position: Position;
  readonly path: readonly Move[];
  readonly length: number;
}

/**
 * The shortest legal way to a position that satisfies `goal`, or `null`. Places are looked at in
 * the order of the least length that a way through them has: breadth first without an estimate.
 */
export function shortestPath(chart: Chart, model: Model, search: Search): readonly Move[] | null {
  const { position: start, goal, contents, onward = allMoves } = search;
  const { least = () => 0, greed = 1, bound = usualBound } = search;
  if (goal(start)) return [];
  /** Steps to each place: one that is reached by fewer is looked at again. */
  const steps = new Map([[start.place.index, 0]]);
  const open = new Shortest<Reached>();
  open.add({ position: start, path: [], length: greed * least(start.place) });
  for (let looked = 0; looked < bound; looked += 1) {
    const reached = open.take();
    if (reached === null) return null;
    const { position, path } = reached;
    if (goal(position)) return path;
    if ((steps.get(position.place.index) ?? 0) < path.length) continue;
    for (const move of onward(chart, model, { position, contents })) {
      const { place } = move.step;
      const known = steps.get(place.index) ?? Number.POSITIVE_INFINITY;
      const length = path.length + 1 + greed * least(place);
      if (known <= path.length + 1 || length === Number.POSITIVE_INFINITY) continue;
      steps.set(place.index, path.length + 1);
      const longer = [...path, move];
      if (length <= reached.length && goal(move.step)) return longer;
      open.add({ position: move.step, path: longer, length });
    }
  }
  return null;
}

/** What is to be looked at, by its length: of the shortest, what came first. */
class Shortest<Way extends { readonly length: number }> {
  readonly #byLength: Way[][] = [];
  readonly #taken: number[] = [];

  add(way: Way): void {
    (this.#byLength[way.length] ??= []).push(way);
  }

  take(): Way | null {
    for (const [length, ways] of this.#byLength.entries()) {
      if (ways === undefined) continue;
      const at = this.#taken[length] ?? 0;
      const way = ways[at];
      if (way === undefined) continue;
      this.#taken[length] = at + 1;
      return way;
    }
    return null;
  }
}

/**
 * States that legal moves lead to or through, the nearest first. Where regions are parallel it
 * goes on only from places with two states that were not seen together before.
 */
export function reachableStates(
  chart: Chart,
  model: Model,
  from: { readonly position: Position; readonly contents: Contents },
): ReadonlySet<string> {
  const states = new Set(from.position.place.states);
  const together = new Set<string>();
  const edge: Position[] = [from.position];
  for (const position of edge) {
    for (const { step } of moves(chart, model, { ...from, position })) {
      const before = together.size;
      for (const pair of pairs(step.place.states)) together.add(pair);
      if (together.size === before) continue;
      for (const state of step.place.states) states.add(state);
      edge.push(step);
    }
  }
  return states;
}

function* pairs(states: readonly string[]): Generator<string> {
  for (const [index, left] of states.entries()) {
    for (const right of states.slice(index)) yield `${left} ${right}`;
  }
}

/** The first move of a way, as it can be remembered for a place. */
export interface Leg extends Pick<Move, 'speaker' | 'message' | 'variant'> {
  /** True where it is also the last. */
  readonly arrives: boolean;
}

/** What is known of the ways through a chart, under one set of readings and options. */
export interface Ways {
  readonly legs: Map<string, Leg | null>;
  /** States to which no way leads by usual answers, as far as was looked. */
  readonly unusual: Set<string>;
  /** Moves by place, as they were when it was first asked about. */
  readonly usual: Map<number, readonly Move[]>;
  readonly all: Map<number, readonly Move[]>;
}

/** A campaign's way need not be the shortest: a longer one is found sooner. */
const boldness = 2;

/** Nothing is known yet. */
export function newWays(): Ways {
  return { legs: new Map(), unusual: new Set(), usual: new Map(), all: new Map() };
}

const waysOf = new WeakMap<Chart, Map<string, Ways>>();

/**
 * The next step on the shortest way to a state, by usual answers where there is one; remembered
 * for each place it was asked from. Guards see more than the place: a step that is not legal this
 * time is looked for anew, by what the machine remembers now.
 */
export function nextLeg(
  chart: Chart,
  model: Model,
  search: {
    readonly position: Position;
    readonly contents: Contents;
    readonly state: string;
    /** What ways depend on besides the place, as text: readings and options. */
    readonly under: string;
    /**
     * A campaign's own: what it knows decides where it goes. Its ways need not be the shortest, and
     * where usual answers led to no state once they are not asked again.
     */
    readonly ways?: Ways;
    /** Places that are looked at at most. */
    readonly bound?: number;
  },
): Leg | null {
  const isBold = search.ways !== undefined;
  const ways = search.ways ?? waysUnder(chart, search.under);
  const known = ways.legs;
  const key = (position: Position) => `${position.place.index}>${search.state}`;
  const leg = known.get(key(search.position));
  const isStale = leg !== undefined && leg !== null && !isLegal(chart, leg, { model, ...search });
  if (leg !== undefined && !isStale) return leg;
  const by = (moves: Map<number, readonly Move[]>, onward: typeof usualMoves) =>
    isStale ? onward : remembered(moves, onward);
  const towards = {
    ...search,
    goal: inState(search.state),
    least: distanceTo(chart.machine, search.state),
    greed: isBold ? boldness : 1,
  };
  const usual =
    isBold && ways.unusual.has(search.state)
      ? null
      : shortestPath(chart, model, { ...towards, onward: by(ways.usual, usualMoves) });
  if (usual === null) ways.unusual.add(search.state);
  const path = usual ?? shortestPath(chart, model, { ...towards, onward: by(ways.all, allMoves) });
  let { position } = search;
  for (const move of path ?? []) {
    const { speaker, message, variant, step } = move;
    const arrives = inState(search.state)(step);
    known.set(key(position), { speaker, message, variant, arrives });
    position = move.step;
  }
  if (path === null) known.set(key(position), null);
  return known.get(key(search.position)) ?? null;
}

/** Whether a move that was remembered for a place is legal with what the machine remembers now. */
function isLegal(
  chart: Chart,
  { speaker, message, variant }: Leg,
  from: { readonly model: Model; readonly position: Position; readonly contents: Contents },
): boolean {
  const { model, position, contents } = from;
  const row = model.messages[message];
  const offered = contents(message, position);
  if (row === undefined || variant >= offered.length) return false;
  const event = { ...said(row), type: `${speaker}.${message}`, content: offered[variant] };
  return mayTalk(model, position, speaker) && chart.step(position, event) !== null;
}

function remembered(known: Map<number, readonly Move[]>, onward: typeof usualMoves) {
  const ask: typeof usualMoves = (chart, model, from) => {
    const { index } = from.position.place;
    const found = known.get(index) ?? onward(chart, model, from);
    known.set(index, found);
    return found;
  };
  return ask;
}

function allMoves(chart: Chart, model: Model, from: Parameters<typeof moves>[2]): readonly Move[] {
  return [...moves(chart, model, from)];
}

function waysUnder(chart: Chart, under: string): Ways {
  const ofChart = waysOf.get(chart) ?? new Map<string, Ways>();
  const known = ofChart.get(under) ?? newWays();
  waysOf.set(chart, ofChart.set(under, known));
  return known;
}

/** True at a position whose active leaves include a state, `<phase>.<state>`. */
export function inState(state: string): (position: Position) => boolean {
  return (position) => position.place.states.includes(state);
}

/** What an event carries besides its content, where the row knows it. */
function said(row: object): Partial<ModelEvent> {
  return 'code' in row ? { code: row.code } : {};
}
