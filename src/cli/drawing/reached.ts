import { alikeRegions, isIn } from './alike.ts';
import type { Arrow, MachineGraph, StateBox } from './graph.ts';

/** What a run went through of a machine, by the ids of its graph. */
export interface Reached {
  readonly states: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
}

/**
 * Finds what a report names in a graph; a state with others in it is reached with any of them. Of
 * regions that are drawn once, what was reached in one was reached in the drawn one.
 */
export function reachedIn(
  { root, arrows }: Pick<MachineGraph, 'root' | 'arrows'>,
  names: { readonly states: readonly string[]; readonly transitions: readonly string[] },
): Reached {
  const states = new Set<string>();
  visit(root, new Set(names.states), states);
  const transitions = new Set(names.transitions);
  for (const [first, ...others] of alikeRegions({ root, arrows })) {
    if (first === undefined) continue;
    for (const other of others) {
      for (const id of [...states].filter((name) => isIn(other, name))) {
        states.add(`${first.id}${id.slice(other.id.length)}`);
      }
      const drawn = arrowsIn(first, arrows);
      for (const [at, { id }] of arrowsIn(other, arrows).entries()) {
        const twin = drawn[at];
        if (twin !== undefined && transitions.has(id)) transitions.add(twin.id);
      }
    }
  }
  return { states, transitions };
}

/** Adds a state and those around it that were reached; returns whether it was. */
function visit(box: StateBox, names: ReadonlySet<string>, into: Set<string>): boolean {
  const below = box.states.map((state) => visit(state, names, into));
  const isReached =
    below.length === 0 ? names.has(box.id.split('.').slice(-2).join('.')) : below.includes(true);
  if (isReached) into.add(box.id);
  return isReached;
}

function arrowsIn(region: StateBox, arrows: readonly Arrow[]): readonly Arrow[] {
  return arrows.filter(({ from }) => isIn(region, from));
}
