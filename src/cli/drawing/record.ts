import type { Arrow, MachineGraph, StateBox } from './graph.ts';

/** A state of the flat list, with where it lies. */
interface StateRecord extends Omit<StateBox, 'states' | 'covers'> {
  readonly parent: string | null;
  readonly covers: readonly string[];
}

/** The machine for a program. */
export interface MachineRecord {
  readonly protocol: string;
  readonly title: string;
  readonly states: readonly StateRecord[];
  readonly transitions: readonly Arrow[];
  /** Each guard with the requirement that it holds up, where the model names one. */
  readonly guards: Readonly<Record<string, string | null>>;
  readonly requirements: readonly object[];
}

/** The machine as plain data: states, transitions, guards, requirements. */
export function recordOf({ model, root, arrows }: MachineGraph): MachineRecord {
  const guards = new Set(arrows.flatMap(({ guard }) => guard ?? []));
  return {
    protocol: model.protocol,
    title: model.title,
    states: flat(root, null),
    transitions: arrows,
    guards: Object.fromEntries([...guards].map((name) => [name, model.guards[name]?.id ?? null])),
    requirements: Object.values(model.requirements),
  };
}

function flat(box: StateBox, parent: string | null): readonly StateRecord[] {
  const { states, covers, ...about } = box;
  const record = { ...about, parent, covers: covers.map(({ id }) => id) };
  return [record, ...states.flatMap((state) => flat(state, box.id))];
}
