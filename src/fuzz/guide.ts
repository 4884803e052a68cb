import type { Model } from '#models/language/index.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Chart, Position } from '#src/chart/chart.ts';
import {
  inState,
  moves,
  newWays,
  nextLeg,
  reachableStates,
  shortestPath,
  type Contents,
  type Leg,
} from '#src/chart/path.ts';
import { phaseOf, type Restraint } from './menu.ts';
import type { Arena } from './walker.ts';

/** Places that are looked at for one way: a campaign goes elsewhere sooner than it searches. */
const maxPlaces = 400;
/** How often no way to a state is found before it is only looked for where sessions begin. */
const enoughVain = 3;

/** Looked for once: a process walks many campaigns, and many of them under the same readings. */
const reachable = new WeakMap<Chart, Map<string, ReadonlySet<string>>>();

/** Knows the states of a session that can be reached, and the legal way to each of them. */
export class Guide {
  readonly #arena: Arena;
  readonly #restraint: Restraint;
  readonly #contents: Contents;
  readonly #ways = newWays();
  /** What legal ways depend on besides the place. */
  readonly #under: string;
  /**
   * States to which a legal way leads from where a session begins, the nearest first; before them
   * those that it leaves for good.
   */
  readonly goals: readonly string[];
  readonly #start: Position;
  /** By state: how often no way to it was found since one was. */
  readonly #vain = new Map<string, number>();

  constructor(arena: Arena, restraint: Restraint) {
    const { protocol, chart, settings, side } = arena;
    const random = seededRandom(0);
    this.#arena = arena;
    this.#restraint = restraint;
    this.#contents = (message, position) =>
      protocol.contents(message, { position, settings, random });
    this.#under = JSON.stringify([side, settings.dialect, settings.readings, settings.options]);
    const position = chart.initial(protocol.sessionInput(settings));
    this.#start = position;
    const from = { position, contents: this.#contents, under: this.#under };
    this.goals = [...reachableOnce(chart, protocol.model, from)].filter(
      (state) => !restraint.absent.includes(phaseOf(state)),
    );
  }

  /**
   * The next step on the way to a state; `null` where there is none, or it is forbidden. Where both
   * sides may speak at any time it may be the peer's: to be waited for.
   */
  leg(position: Position, state: string): Leg | null {
    const { side } = this.#arena;
    const vain = this.#vain.get(state) ?? 0;
    const isStart = position.place.index === this.#start.place.index;
    if (vain >= enoughVain && !isStart) return null;
    const leg = this.#way(position, state);
    this.#vain.set(state, leg === null ? vain + 1 : 0);
    if (leg === null || (leg.speaker !== side && this.#takesTurns)) return null;
    return leg.speaker === side && this.#restraint.never.includes(leg.message) ? null : leg;
  }

  get #takesTurns(): boolean {
    return this.#arena.protocol.model.turnTaking;
  }

  #way(position: Position, state: string): Leg | null {
    const { chart, protocol } = this.#arena;
    const search = { position, contents: this.#contents, state, under: this.#under };
    const { model } = protocol;
    return nextLeg(chart, model, { ...search, ways: this.#ways, bound: maxPlaces });
  }
}

function reachableOnce(
  chart: Chart,
  model: Model,
  { under, ...from }: Parameters<typeof reachableStates>[2] & { readonly under: string },
): ReadonlySet<string> {
  const ofChart = reachable.get(chart) ?? new Map<string, ReadonlySet<string>>();
  const states = ofChart.get(under) ?? new Set(goalsFrom(chart, model, from));
  reachable.set(chart, ofChart.set(under, states));
  return states;
}

function goalsFrom(
  chart: Chart,
  model: Model,
  from: Parameters<typeof reachableStates>[2],
): readonly string[] {
  const start = from.position.place.states;
  const elsewhere = [...reachableStates(chart, model, from)].filter(
    (state) => !start.includes(state),
  );
  const [first] = moves(chart, model, from);
  if (first === undefined) return elsewhere;
  const { step: position } = first;
  const left = start.filter((state) => {
    const search = { ...from, position, goal: inState(state), bound: maxPlaces };
    return !position.place.states.includes(state) && shortestPath(chart, model, search) === null;
  });
  return [...left, ...elsewhere];
}
