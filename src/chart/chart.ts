import {
  initialTransition,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
} from 'xstate';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Place, Position } from '#src/contract/position.ts';
import { isLeaf, leafName } from './leaves.ts';
import { definitions, Regions, within, type Moment, type Stand } from './regions.ts';

export type { Place, Position };

/** A step that was taken: where to, and which of the machine's transitions it used. */
export interface Step extends Position {
  readonly transitions: readonly string[];
}

type Update = (scene: Moment) => object;
type Guard = (scene: Moment) => boolean;

interface Row {
  readonly guards: readonly Guard[];
  /** By region: which of the guards are asked there, in the region's own order. */
  readonly asked: readonly (readonly number[])[];
  /** One edge for each combination of the guards' answers; `null`: not offered. */
  readonly edges: Map<number, Edge | null>;
}
interface Edge {
  readonly to: Place;
  readonly updates: readonly Update[];
  readonly transitions: readonly string[];
}
interface Cell {
  readonly place: Place;
  readonly stands: readonly Stand[];
  readonly rows: Map<string, Row>;
}

/**
 * An XState machine as a flat table, filled as it is walked: (place, event, guards' answers) to
 * (place, context updates). XState itself works out each entry once, so the table cannot disagree
 * with it. Wildcard transitions listen, they never make an event legal. Machines with `always`,
 * `after`, `invoke`, entry or exit actions are refused: a table of events cannot hold them.
 */
export class Chart {
  readonly machine: AnyStateMachine;
  readonly #cells = new Map<string, Cell>();
  readonly #byPlace: Cell[] = [];
  #start: Place | null = null;
  readonly #regions: Regions;
  /** All transitions of the machine that are not wildcards, `<state>:<event>:<n>`. */
  readonly transitions: readonly string[];
  /** All leaves, `<phase>.<state>`. */
  readonly states: readonly string[];

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    const nodes = [...within(machine.root)];
    nodes.forEach(refuseUntabled);
    this.#regions = new Regions(machine);
    this.transitions = nodes.flatMap((node) =>
      definitions(node)
        .filter((definition) => !definition.eventType.endsWith('*'))
        .map(transitionId),
    );
    this.states = nodes.filter(isLeaf).map(leafName);
  }

  /** The position before anything happened. */
  initial(input: unknown): Position {
    if (this.#start === null) {
      const [snapshot] = initialTransition(this.machine, input);
      this.#start = this.#cell(this.#regions.standsIn(snapshot)).place;
    }
    const { context } = this.machine.config;
    return {
      place: this.#start,
      context: typeof context === 'function' ? context({ input }) : context,
    };
  }

  /** The position after an event, or `null` where the machine does not offer it. */
  step(position: Position, event: ModelEvent): Step | null {
    const cell = this.#byPlace[position.place.index];
    if (cell === undefined) throw new RangeError('a position of another chart');
    const row = cell.rows.get(event.type) ?? this.#row(cell, event.type);
    const scene: Moment = { context: position.context, event };
    let answers = 0;
    for (let index = 0; index < row.guards.length; index += 1) {
      if (row.guards[index]?.(scene) === true) answers |= 1 << index;
    }
    let edge = row.edges.get(answers);
    if (edge === undefined) {
      edge = this.#edge(cell, row, { ...scene, answers });
      row.edges.set(answers, edge);
    }
    if (edge === null) return null;
    let { context } = position;
    for (const update of edge.updates) {
      context = Object.assign({}, context, update({ context, event }));
    }
    return { place: edge.to, context, transitions: edge.transitions };
  }

  /** The guards that decide what an event does at a place. */
  guardsOf(place: Place, eventType: string): readonly string[] {
    const cell = this.#byPlace[place.index];
    const nodes = cell === undefined ? [] : this.#regions.active(cell.stands);
    return guardsIn(nodes, eventType);
  }

  #row(cell: Cell, eventType: string): Row {
    const own = cell.stands.map((stand) => guardsAt(stand, eventType));
    const names = [...new Set(own.flat())];
    if (names.length > 31) throw new RangeError(`more than 31 guards on ${eventType}`);
    const asked = own.map((guards) => guards.map((name) => names.indexOf(name)));
    const row = { guards: names.map((name) => this.#guard(name)), asked, edges: new Map() };
    cell.rows.set(eventType, row);
    return row;
  }

  #edge(
    { stands }: Cell,
    { asked }: Row,
    { answers, ...moment }: Moment & { readonly answers: number },
  ): Edge | null {
    const shifts = stands.map((_, region) =>
      this.#regions.shift(stands, region, {
        ...moment,
        answers: (asked[region] ?? []).map((bit) => (answers >> bit) & 1).join(''),
      }),
    );
    const taken = shifts.flatMap((shift) => shift.taken);
    const named = taken.filter((definition) => !definition.eventType.endsWith('*'));
    if (named.length === 0) return null;
    return {
      to: this.#cell(shifts.map(({ to }) => to)).place,
      updates: taken.flatMap((definition) => definition.actions.map((name) => this.#update(name))),
      transitions: named.map(transitionId),
    };
  }

  #cell(stands: readonly Stand[]): Cell {
    const key = stands.map(({ index }) => index).join(' ');
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const place = describe(this.#byPlace.length, this.#regions.active(stands));
    const cell: Cell = { place, stands, rows: new Map() };
    this.#cells.set(key, cell);
    this.#byPlace.push(cell);
    return cell;
  }

  #guard(name: string): Guard {
    const guard: unknown = this.machine.implementations.guards[name];
    if (typeof guard !== 'function') throw new TypeError(`the machine has no guard '${name}'`);
    return (scene) => guard(scene) === true;
  }

  #update(action: unknown): Update {
    const name = actionName(action);
    const implementation: unknown = Reflect.get(this.machine.implementations.actions, name);
    const assignment: unknown =
      typeof implementation === 'function' ? Reflect.get(implementation, 'assignment') : undefined;
    if (typeof assignment === 'function') return (scene) => assignment(scene);
    if (typeof assignment !== 'object' || assignment === null) {
      throw new TypeError(`the machine's action '${name}' is no assign()`);
    }
    return (scene) =>
      mapValues(assignment, (part: unknown) => (typeof part === 'function' ? part(scene) : part));
  }
}

/** In document order: XState's own order of the active nodes depends on the way they were reached. */
function describe(index: number, active: readonly AnyStateNode[]): Place {
  const nodes = [...active].sort((left, right) => left.order - right.order);
  const innermostFirst = [...nodes].sort((left, right) => right.path.length - left.path.length);
  return {
    index,
    states: nodes.filter(isLeaf).map(leafName),
    tags: new Set(nodes.flatMap((node) => node.tags)),
    covers: innermostFirst.flatMap((node) => node.meta?.covers ?? []),
    listens: new Set(
      nodes
        .flatMap(definitions)
        .map((definition) => definition.eventType)
        .filter((descriptor) => !descriptor.endsWith('*')),
    ),
  };
}

/** The guards that an event asks where one region stands; worked out once. */
function guardsAt(stand: Stand, eventType: string): readonly string[] {
  const known = stand.guards.get(eventType);
  if (known !== undefined) return known;
  const found = guardsIn(stand.nodes, eventType);
  stand.guards.set(eventType, found);
  return found;
}

/** The guards of the transitions that an event may take in these states. */
function guardsIn(nodes: readonly AnyStateNode[], eventType: string): readonly string[] {
  const names = nodes
    .flatMap(definitions)
    .filter((definition) => matches(definition.eventType, eventType))
    .flatMap((definition) => (definition.guard === undefined ? [] : guardName(definition.guard)));
  return [...new Set(names)];
}

function refuseUntabled(node: AnyStateNode): void {
  const untabled =
    node.always?.length ||
    node.after.length ||
    node.invoke.length ||
    node.entry.length ||
    node.exit.length;
  if (untabled) throw new TypeError(`state '${node.id}' has what a table of events cannot hold`);
}

/** Stable across runs: state, event and position among that state's answers to the event. */
function transitionId(definition: AnyTransitionDefinition): string {
  const siblings = definition.source.transitions.get(definition.eventType) ?? [];
  const state = definition.source.path.slice(-2).join('.');
  return `${state}:${definition.eventType}:${siblings.indexOf(definition)}`;
}

function matches(descriptor: string, eventType: string): boolean {
  if (descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return descriptor === eventType;
  return eventType.startsWith(descriptor.slice(0, -1));
}

function guardName(guard: unknown): string {
  if (typeof guard === 'string') return guard;
  const name = typeof guard === 'object' && guard !== null ? Reflect.get(guard, 'type') : undefined;
  if (typeof name !== 'string')
    throw new TypeError('guards are named, so that they can be explained');
  return name;
}

function actionName(action: unknown): string {
  const name = typeof action === 'object' && action !== null ? Reflect.get(action, 'type') : action;
  if (typeof name !== 'string') throw new TypeError('actions are named assign()s');
  return name;
}

function mapValues<In, Out>(
  record: (object & Record<string, In>) | object,
  change: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
