import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { Place } from '#src/contract/position.ts';
import { leafName, leavesOf } from './leaves.ts';
import { definitions, isWithin, within } from './regions.ts';

/** The least number of steps from a place to somewhere: never more than it really takes. */
export type Estimate = (place: Place) => number;

const known = new WeakMap<AnyStateMachine, Map<string, Estimate>>();

/**
 * How far a state is at least, `<phase>.<state>`: the transitions of its own region alone, guards
 * left out, whatever the regions beside it are doing.
 */
export function distanceTo(machine: AnyStateMachine, state: string): Estimate {
  const ofMachine = known.get(machine) ?? new Map<string, Estimate>();
  const estimate = ofMachine.get(state) ?? estimated(machine, state);
  known.set(machine, ofMachine.set(state, estimate));
  return estimate;
}

function estimated({ root }: AnyStateMachine, state: string): Estimate {
  const leaves = [...leavesOf(root)].filter((node) => leafName(node) === state);
  const each = leaves.map((leaf) => inRegion(root, leaf));
  return (place) => Math.min(...each.map((estimate) => estimate(place)));
}

function inRegion(root: AnyStateNode, goal: AnyStateNode): Estimate {
  const region = regionOf(goal);
  const own = new Set([...leavesOf(region)].map(leafName));
  const steps = backwards([...edgesIn(root, region)], leafName(goal));
  return ({ states }) => {
    const from = states.filter((name) => own.has(name));
    /** A region that is not active may be entered anywhere. */
    if (from.length === 0) return 0;
    return Math.min(...from.map((name) => steps.get(name) ?? Number.POSITIVE_INFINITY));
  };
}

/** The part of a machine that moves by itself: nothing is parallel to what is inside. */
function regionOf(node: AnyStateNode): AnyStateNode {
  if (node.parent === undefined || node.parent.type === 'parallel') return node;
  return regionOf(node.parent);
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** What one transition can make of the active leaf of a region; some that it cannot. */
function* edgesIn(root: AnyStateNode, region: AnyStateNode): Generator<Edge> {
  const all = [...leavesOf(region)];
  const inside = new Set(all);
  for (const node of within(root)) {
    const own = [...leavesOf(node)].filter((leaf) => inside.has(leaf));
    const sources = isWithin(node, region) ? own : all;
    for (const { target } of definitions(node)) {
      const entered = (target ?? []).flatMap((state: AnyStateNode) => [...enteredBy(state)]);
      for (const to of entered.filter((leaf) => inside.has(leaf))) {
        for (const from of sources) yield { from: leafName(from), to: leafName(to) };
      }
    }
  }
}

/** The leaves that are active once a state is entered. */
function* enteredBy(node: AnyStateNode): Generator<AnyStateNode> {
  if (node.type === 'history') return yield* leavesOf(node.parent ?? node);
  if (node.type === 'compound') return yield* enteredBy(node.initial.target[0] ?? node);
  if (node.type !== 'parallel') return yield node;
  for (const child of Object.values(node.states)) yield* enteredBy(child);
}

/** Steps to the goal, by where one is. */
function backwards(edges: readonly Edge[], goal: string): ReadonlyMap<string, number> {
  const into = Map.groupBy(edges, ({ to }) => to);
  const steps = new Map([[goal, 0]]);
  for (const [name, count] of steps) {
    for (const { from } of into.get(name) ?? []) {
      if (!steps.has(from)) steps.set(from, count + 1);
    }
  }
  return steps;
}
