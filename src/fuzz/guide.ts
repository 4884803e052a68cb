import { seededRandom } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import { nextLeg, reachableStates, type Contents, type Leg } from '#src/chart/path.ts';
import { phaseOf, type Restraint } from './menu.ts';
import type { Arena } from './walker.ts';

/** Knows the states of a session that can be reached, and the legal way to each of them. */
export class Guide {
  readonly #arena: Arena;
  readonly #restraint: Restraint;
  readonly #contents: Contents;
  /** What legal ways depend on besides the place. */
  readonly #under: string;
  /** States to which a legal way leads from where a session begins, the nearest first. */
  readonly goals: readonly string[];

  constructor(arena: Arena, restraint: Restraint) {
    const { protocol, chart, settings, side } = arena;
    const random = seededRandom(0);
    this.#arena = arena;
    this.#restraint = restraint;
    this.#contents = (message, position) =>
      protocol.contents(message, { position, settings, random });
    this.#under = JSON.stringify([side, settings.readings, settings.options]);
    const position = chart.initial(protocol.sessionInput(settings));
    const from = { position, contents: this.#contents };
    this.goals = [...reachableStates(chart, protocol.model, from)].filter(
      (state) =>
        !position.place.states.includes(state) && !restraint.absent.includes(phaseOf(state)),
    );
  }

  /** The next step of ours on the way to a state; `null` where there is none, or it is forbidden. */
  leg(position: Position, state: string): Leg | null {
    const { chart, protocol, side } = this.#arena;
    const search = { position, contents: this.#contents, state, under: this.#under };
    const leg = nextLeg(chart, protocol.model, search);
    const isOurs = leg?.speaker === side && !this.#restraint.never.includes(leg.message);
    return isOurs ? leg : null;
  }
}
