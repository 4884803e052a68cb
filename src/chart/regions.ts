import {
  transition,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
} from 'xstate';
import type { ModelEvent } from '#src/contract/event.ts';

type Snapshot = ReturnType<AnyStateMachine['resolveState']>;

/** What is going on in one region: its value, and what its history states remember. */
export interface Stand {
  /** Among the stands of its region. */
  readonly index: number;
  readonly value: Snapshot['value'];
  readonly history: Snapshot['historyValue'];
  /** The active states inside the region. */
  readonly nodes: readonly AnyStateNode[];
  /** The guards that are asked, by event. */
  readonly guards: Map<string, readonly string[]>;
  /** What events do, by their type and the guards' answers. */
  readonly shifts: Map<string, Shift>;
}

/** What an event does in one region. */
export interface Shift {
  readonly to: Stand;
  readonly taken: readonly AnyTransitionDefinition[];
}

/** An event as it comes, and what the machine remembers. */
export interface Moment {
  readonly context: unknown;
  readonly event: ModelEvent;
}

/**
 * The parts of a machine that do not move each other: the children of a parallel root where no
 * transition leads from one into another, else the whole. XState works out what an event does in
 * each of them once, however many ways there are to combine them.
 */
export class Regions {
  readonly #machine: AnyStateMachine;
  readonly #roots: readonly AnyStateNode[];
  readonly #stands: readonly Map<string, Stand>[];

  constructor(machine: AnyStateMachine) {
    this.#machine = machine;
    this.#roots = independent(machine.root);
    this.#stands = this.#roots.map(() => new Map());
  }

  /** The stands that make up a snapshot. */
  standsIn(snapshot: Snapshot): readonly Stand[] {
    return this.#roots.map((_, region) => this.#standIn(snapshot, region));
  }

  /** What an event does in one region, with such answers of its guards. */
  shift(
    stands: readonly Stand[],
    region: number,
    { context, event, answers }: Moment & { readonly answers: string },
  ): Shift {
    const stand = stands[region];
    const root = this.#roots[region];
    if (stand === undefined || root === undefined) throw new RangeError('no such region');
    const key = `${event.type} ${answers}`;
    const known = stand.shifts.get(key);
    if (known !== undefined) return known;
    const snapshot = this.#snapshot(stands, context);
    const all: AnyTransitionDefinition[] = this.#machine.getTransitionData(snapshot, event);
    const taken = all.filter(({ source }) => isWithin(source, root));
    const [next] = all.length === 0 ? [snapshot] : transition(this.#machine, snapshot, event);
    const shift = { to: taken.length === 0 ? stand : this.#standIn(next, region), taken };
    stand.shifts.set(key, shift);
    return shift;
  }

  /** All active states. */
  active(stands: readonly Stand[]): readonly AnyStateNode[] {
    const { root } = this.#machine;
    const inside = stands.flatMap(({ nodes }) => nodes);
    return this.#roots.includes(root) ? inside : [root, ...inside];
  }

  #snapshot(stands: readonly Stand[], context: unknown): Snapshot {
    const values = this.#roots.map(
      ({ key }, region) => [key, stands[region]?.value ?? {}] as const,
    );
    const [whole] = this.#roots.includes(this.#machine.root) ? stands : [];
    const value = whole?.value ?? Object.fromEntries(values);
    const historyValue = Object.assign({}, ...stands.map(({ history }) => history));
    const snapshot = this.#machine.resolveState({ value, context });
    return Object.assign(snapshot, { historyValue });
  }

  #standIn(snapshot: Snapshot, region: number): Stand {
    const root = this.#roots[region] ?? this.#machine.root;
    const stands = this.#stands[region] ?? new Map<string, Stand>();
    const all: readonly AnyStateNode[] = snapshot._nodes;
    const nodes = all.filter((node) => isWithin(node, root));
    const value = valueIn(snapshot.value, root === this.#machine.root ? null : root.key);
    const history = liveHistory(snapshot.historyValue, root, nodes);
    const key = JSON.stringify([
      value,
      Object.entries(history).map(([id, list]) => [id, list.map((node) => node.id)]),
    ]);
    const known = stands.get(key);
    if (known !== undefined) return known;
    const stand = {
      index: stands.size,
      value,
      history,
      nodes,
      guards: new Map(),
      shifts: new Map(),
    };
    stands.set(key, stand);
    return stand;
  }
}

/** The children of a parallel root, where each is left alone by the others; else the root. */
function independent(root: AnyStateNode): readonly AnyStateNode[] {
  const parts = Object.values(root.states);
  const isAlone = parts.every((part) =>
    [...within(part)].every((node) =>
      definitions(node).every(({ target }) =>
        (target ?? []).every((to: AnyStateNode) => isWithin(to, part)),
      ),
    ),
  );
  return root.type === 'parallel' && root.transitions.size === 0 && isAlone ? parts : [root];
}

/** The value of one region, or of the whole. */
function valueIn(value: Snapshot['value'], region: string | null): Snapshot['value'] {
  if (region === null || typeof value === 'string') return value;
  return value[region] ?? {};
}

/** History is overwritten when its state is left: while that state is active it says nothing. */
function liveHistory(
  history: Snapshot['historyValue'],
  region: AnyStateNode,
  active: readonly AnyStateNode[],
): Snapshot['historyValue'] {
  const live = [...within(region)].filter(
    (node) => node.type === 'history' && !active.some(({ id }) => id === node.parent?.id),
  );
  const ids = new Set(live.map(({ id }) => id));
  return Object.fromEntries(Object.entries(history).filter(([id]) => ids.has(id)));
}

/** A state and all states inside it. */
export function* within(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* within(child);
}

/** Whether a state is another one, or lies inside it. */
export function isWithin(node: AnyStateNode, outer: AnyStateNode): boolean {
  return node === outer || (node.parent !== undefined && isWithin(node.parent, outer));
}

/** The transitions of a state's own. */
export function definitions(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...node.transitions.values()].flat();
}
