import type { Model } from '#models/language/index.ts';
import type { Arrow, MachineGraph, StateBox } from './graph.ts';

/** A state with the states right in it, and the transitions that begin and end there. */
export interface Phase {
  readonly model: Model;
  /** Path from the root; of the whole machine its name. Transitions from it begin in any state. */
  readonly name: string;
  /** The same with the names of all that is drawn with it. */
  readonly title: string;
  readonly states: readonly StateBox[];
  readonly arrows: readonly Arrow[];
}

/** The phases of a machine, so that each of its transitions is in exactly one. */
export function phasesOf({ model, root, arrows }: MachineGraph): readonly Phase[] {
  return compounds(root).flatMap((box) => {
    const { states } = box;
    const own = arrows.filter((arrow) =>
      isWithin(arrow) ? arrow.from === box.id : states.some(({ id }) => id === arrow.from),
    );
    const hasLeaves = states.some((state) => state.states.length === 0);
    const title = [...box.id.split('.').slice(0, -1), box.name].join('.');
    return own.length === 0 && !hasLeaves
      ? []
      : [{ model, name: box.id, title, states, arrows: own }];
  });
}

/** True where it leads from a state to those in it. */
function isWithin({ from, to }: Arrow): boolean {
  return to.length > 0 && to.every((id) => id.startsWith(`${from}.`));
}

function compounds(box: StateBox): readonly StateBox[] {
  return box.states.length === 0 ? [] : [box, ...box.states.flatMap(compounds)];
}
