import type { Model } from '#models/language/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import { type Chart, type Position, type Step } from './chart.ts';
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

/**
 * The shortest legal way to a position that satisfies `goal`, or `null`. Breadth first over the
 * chart's places, at most `bound` of them.
 */
export function shortestPath(
  chart: Chart,
  model: Model,
  search: {
    readonly position: Position;
    readonly contents: Contents;
    readonly goal: (position: Position) => boolean;
    /** Which moves are considered; every legal one without it. */
    readonly onward?: typeof usualMoves;
    readonly bound?: number;
  },
): readonly Move[] | null {
  const onward = search.onward ?? allMoves;
  if (search.goal(search.position)) return [];
  const seen = new Set([search.position.place.index]);
  let edge: { position: Position; path: readonly Move[] }[] = [
    { position: search.position, path: [] },
  ];
  while (edge.length > 0 && seen.size < (search.bound ?? 20_000)) {
    const next: typeof edge = [];
    for (const { position, path } of edge) {
      for (const move of onward(chart, model, { position, contents: search.contents })) {
        if (seen.has(move.step.place.index)) continue;
        seen.add(move.step.place.index);
        const longer = [...path, move];
        if (search.goal(move.step)) return longer;
        next.push({ position: move.step, path: longer });
      }
    }
    edge = next;
  }
  return null;
}

/** Every state that legal moves lead to or through; breadth first, at most `bound` places. */
export function reachableStates(
  chart: Chart,
  model: Model,
  from: { readonly position: Position; readonly contents: Contents; readonly bound?: number },
): ReadonlySet<string> {
  const states = new Set<string>();
  const onward: typeof usualMoves = (_, __, at) => {
    for (const state of at.position.place.states) states.add(state);
    return allMoves(chart, model, at);
  };
  shortestPath(chart, model, { ...from, goal: () => false, onward });
  return states;
}

/** The first move of a way, as it can be remembered for a place. */
export interface Leg extends Pick<Move, 'speaker' | 'message' | 'variant'> {
  /** True where it is also the last. */
  readonly arrives: boolean;
}

/** What is known of the ways through a chart, under one set of readings and options. */
interface Ways {
  readonly legs: Map<string, Leg | null>;
  /** Moves by place, as they were when it was first asked about. */
  readonly usual: Map<number, readonly Move[]>;
  readonly all: Map<number, readonly Move[]>;
}

const waysOf = new WeakMap<Chart, Map<string, Ways>>();

/**
 * The next step on the shortest way to a state, by usual answers where there is one; remembered
 * for each place it was asked from.
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
  },
): Leg | null {
  const ways = waysUnder(chart, search.under);
  const known = ways.legs;
  const key = (position: Position) => `${position.place.index}>${search.state}`;
  const leg = known.get(key(search.position));
  if (leg !== undefined) return leg;
  const goal = inState(search.state);
  const path =
    shortestPath(chart, model, { ...search, goal, onward: remembered(ways.usual, usualMoves) }) ??
    shortestPath(chart, model, { ...search, goal, onward: remembered(ways.all, allMoves) });
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
  const known = ofChart.get(under) ?? { legs: new Map(), usual: new Map(), all: new Map() };
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
