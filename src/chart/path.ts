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
  const onward = search.onward ?? moves;
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

/** The first move of a way, as it can be remembered for a place. */
export interface Leg extends Pick<Move, 'speaker' | 'message' | 'variant'> {
  /** True where it is also the last. */
  readonly arrives: boolean;
}

const legs = new WeakMap<Chart, Map<string, Map<string, Leg | null>>>();

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
  const known = legsUnder(chart, search.under);
  const key = (position: Position) => `${position.place.index}>${search.state}`;
  const leg = known.get(key(search.position));
  if (leg !== undefined) return leg;
  const goal = inState(search.state);
  const path =
    shortestPath(chart, model, { ...search, goal, onward: usualMoves }) ??
    shortestPath(chart, model, { ...search, goal });
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

function legsUnder(chart: Chart, under: string): Map<string, Leg | null> {
  const ofChart = legs.get(chart) ?? new Map<string, Map<string, Leg | null>>();
  const known = ofChart.get(under) ?? new Map<string, Leg | null>();
  legs.set(chart, ofChart.set(under, known));
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
