import type { AnyStateNode } from 'xstate';
import type { Readings } from '#models/language/index.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { inState, moves, shortestPath, type Contents, type Move } from '#src/chart/path.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Position } from '#src/contract/position.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

/** The session machine of QOSST, which the tests of the chart walk. */
export const machine = qosst.model.session;
export const chart: Chart = chartOf(machine);

/** Contents as the protocol makes them, under some readings. */
export function contentsUnder(pinned: Readings): Contents {
  const settings = settingsFor(qosst, { pinned });
  const random = seededRandom(7);
  return (message, position) => qosst.contents(message, { position, settings, random });
}

export function inputUnder(pinned: Readings): unknown {
  return qosst.sessionInput(settingsFor(qosst, { pinned }));
}

/** The events of the legal moves from a position. */
export function legalEvents(position: Position, contents: Contents): readonly ModelEvent[] {
  return [...moves(chart, qosst.model, { position, contents })].map(eventOf);
}

const ways = new Map<string, readonly ModelEvent[]>();

/** The events of the shortest legal way to a state under the assumed readings; none: no way. */
export function wayTo(state: string): readonly ModelEvent[] {
  const known = ways.get(state);
  if (known !== undefined) return known;
  const position = chart.initial(inputUnder({}));
  const search = { position, contents: contentsUnder({}), goal: inState(state) };
  const way = (shortestPath(chart, qosst.model, search) ?? []).map(eventOf);
  ways.set(state, way);
  return way;
}

export function eventOf({ speaker, message, content }: Move): ModelEvent {
  const type = `${speaker}.${message}`;
  return { type, code: codeOf(message), content, nextChallenge: `next of ${message}` };
}

export function codeOf(message: string): unknown {
  const row: object = qosst.model.messages[message] ?? {};
  return 'code' in row ? row.code : undefined;
}

/** The names of the active leaves of an XState snapshot, in document order. */
export function leavesOf(snapshot: object): readonly string[] {
  return [...nodesOf(snapshot)]
    .filter(({ type, parent }) => (type === 'atomic' || type === 'final') && parent !== undefined)
    .sort((left, right) => left.order - right.order)
    .map(({ path }) => path.slice(-2).join('.'));
}

function nodesOf(snapshot: object): readonly AnyStateNode[] {
  return '_nodes' in snapshot && Array.isArray(snapshot._nodes) ? snapshot._nodes : [];
}
