import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { flawKinds, type Readings } from '#models/language/index.ts';
import { inState, moves, nextLeg, shortestPath, type Contents } from '#src/chart/path.ts';
import type { Position } from '#src/contract/position.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { chart, contentsUnder, eventOf, inputUnder, leavesOf, machine, wayTo } from './walk.ts';

const { model } = qosst;
/** Only what a flaw or an ending began leads there. */
const afterFlaws =
  /^(?:refusal\.(?!none)|stranded\.|link\.distrust|disconnection\.(?!acknowledging|ended))/;

const byLegalMoves = explored();

describe('the shortest path', () => {
  it('leads to every state that legal moves reach, and to no other', () => {
    const led = chart.states.filter(
      (state) => wayTo(state).length > 0 || inState(state)(chart.initial(inputUnder({}))),
    );
    expect(led.toSorted()).toEqual([...byLegalMoves.keys()].toSorted());
    expect(led.length).toBeGreaterThan(40);
  });

  it('is as short as any other way', () => {
    const longer = [...byLegalMoves].filter(([state, depth]) => wayTo(state).length !== depth);
    expect(longer).toEqual([]);
  });

  it.each(chart.states.filter((state) => wayTo(state).length > 0))(
    'to %s is one that XState takes, too',
    (state) => {
      let [snapshot] = initialTransition(machine, inputUnder({}));
      for (const event of wayTo(state)) [snapshot] = transition(machine, snapshot, event);
      expect(leavesOf(snapshot)).toContain(state);
    },
  );

  it('is empty where the goal is reached already', () => {
    const position = chart.initial(inputUnder({}));
    const goal = inState('link.unidentified');
    expect(shortestPath(chart, model, { position, contents: contentsUnder({}), goal })).toEqual([]);
  });

  it('gives up where nothing leads to the goal', () => {
    const search = { contents: contentsUnder({}), goal: () => false };
    const position = chart.initial(inputUnder({}));
    expect(shortestPath(chart, model, { position, ...search })).toBeNull();
  });

  it('gives up after as many places as it may look at', () => {
    const search = { contents: contentsUnder({}), goal: inState('endOfFrame.acknowledging') };
    const position = chart.initial(inputUnder({}));
    expect(shortestPath(chart, model, { position, ...search, bound: 5 })).toBeNull();
    expect(shortestPath(chart, model, { position, ...search })).not.toBeNull();
  });
});

describe('every state of the machine', () => {
  const withFlaws = roamed({});

  it('is reached, if only by flaws or under another reading than the assumed one', () => {
    const knowingTheFrame = roamed({}, { frameSymbols: 4 });
    const reached = new Set([...byLegalMoves.keys(), ...withFlaws, ...knowingTheFrame]);
    const missing = () => chart.states.filter((state) => !reached.has(state));
    for (const pinned of otherReadings()) {
      if (missing().length > 0) for (const state of roamed(pinned)) reached.add(state);
    }
    expect(missing()).toEqual([]);
  });

  it('is reached by legal moves, unless it is what flaws or another reading lead to', () => {
    const astray = [...withFlaws].filter(
      (state) => !byLegalMoves.has(state) && !afterFlaws.test(state),
    );
    expect(astray).toEqual([]);
  });
});

describe('the next leg', () => {
  const draining = 'parameterChange.draining';
  const legTo = (state: string, pinned: Readings) =>
    nextLeg(chart, model, {
      position: chart.initial(inputUnder(pinned)),
      contents: contentsUnder(pinned),
      state,
      under: JSON.stringify(pinned),
    });

  it('is the first of the shortest way', () => {
    const leg = legTo('initialization.answering', {});
    expect(leg).toMatchObject({ speaker: 'bob', message: 'identificationRequest', variant: 0 });
    expect(leg?.arrives).toBe(false);
    expect(legTo('identification.answering', {})?.arrives).toBe(true);
  });

  it('that one reading has not is not held against another', () => {
    expect(legTo(draining, {})).toBeNull();
    expect(legTo(draining, { answersPerChange: 'several' })).not.toBeNull();
    expect(legTo(draining, {})).toBeNull();
  });
});

/** Every single reading other than the assumed one. */
function otherReadings(): readonly Readings[] {
  return Object.entries(model.ambiguities).flatMap(([key, { readings, assumed }]) =>
    Object.keys(readings)
      .filter((reading) => reading !== assumed)
      .map((reading) => ({ [key]: reading })),
  );
}

/** Every state that legal moves reach from the start, with the least number of them. */
function explored(): ReadonlyMap<string, number> {
  const contents = contentsUnder({});
  const start = chart.initial(inputUnder({}));
  const found = new Map(start.place.states.map((state) => [state, 0]));
  const seen = new Set([start.place.index]);
  let edge: readonly Position[] = [start];
  for (let depth = 1; edge.length > 0; depth += 1) {
    const next: Position[] = [];
    for (const step of edge.flatMap((position) => stepsFrom(position, contents))) {
      if (seen.has(step.place.index)) continue;
      seen.add(step.place.index);
      next.push(step);
      for (const state of step.place.states) if (!found.has(state)) found.set(state, depth);
    }
    edge = next;
  }
  return found;
}

/** States that are reached when flaws may happen, too: goes on only from where something is new. */
function roamed(pinned: Readings, options: object = {}): ReadonlySet<string> {
  const contents = contentsUnder(pinned);
  const start = chart.initial({ ...Object(inputUnder(pinned)), ...options });
  const found = new Set(start.place.states);
  const edge: Position[] = [start];
  for (let position = edge.shift(); position !== undefined; position = edge.shift()) {
    for (const step of [...stepsFrom(position, contents), ...flawedFrom(position)]) {
      if (step.place.states.every((state) => found.has(state))) continue;
      for (const state of step.place.states) found.add(state);
      edge.push(step);
    }
  }
  return found;
}

function stepsFrom(position: Position, contents: Contents): readonly Position[] {
  const legal = [...moves(chart, model, { position, contents })].map(eventOf);
  return legal.flatMap((event) => chart.step(position, event) ?? []);
}

function flawedFrom(position: Position): readonly Position[] {
  const flawed = model.sides.flatMap((side) =>
    [...Object.keys(flawKinds), 'closes'].flatMap((what) => [
      { type: `${side}.${what}`, code: 17 },
      { type: `${side}.${what}`, code: 11 },
      { type: `${side}.${what}`, code: 200, lost: true },
    ]),
  );
  return flawed.flatMap((event) => chart.step(position, event) ?? []);
}
