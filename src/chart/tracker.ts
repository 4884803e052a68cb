import type { Model } from '#models/language/index.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import { isLint } from '#src/contract/lint.ts';
import type { Chart, Position, Step } from './chart.ts';

/** Looks at one frame from a position: what is wrong with it depends on what went before. */
export type Look = (position: Position) => Perceived;

/** Why a frame of the peer's is not allowed from one position. */
export interface Refusal {
  readonly position: Position;
  readonly perceived: Perceived;
  readonly why: 'flaw' | 'outOfTurn' | 'notOffered';
}

export type Taken =
  | {
      readonly ok: true;
      readonly perceived: Perceived;
      /** What only should be otherwise, wherever the session may stand. */
      readonly lints: readonly Flaw[];
      readonly transitions: readonly string[];
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** A frame as one position takes it. */
interface Taking {
  readonly position: Position;
  readonly perceived: Perceived;
  readonly step: Step;
}

/** A frame of the player's. */
interface Saying {
  readonly speaker: string;
  readonly look: Look;
}

/** Frames said out of turn that a client may still have before it, and ways to take them all. */
const maxEarly = 4;
const maxPositions = 256;
/** Ways to order what crosses, where both sides may speak at any time. */
const maxOrders = 12;

/**
 * Follows a session from outside. Where a player's frame has several flaws, its receiver may
 * answer any of them: the tracker keeps one position for each, and the peer's answer decides.
 */
export class Tracker {
  readonly #chart: Chart;
  readonly #model: Model;
  readonly #peer: string;
  readonly #visited = { states: new Set<string>(), transitions: new Set<string>() };
  #positions: readonly Position[];
  /** True once the player has spoken out of turn: the peer may give the connection up. */
  #hurried = false;
  /** Player's frames that the peer has not come to yet: it still owes an answer. */
  #waiting: { speaker: string; look: Look }[] = [];
  /**
   * True behind a frame that could not be read: where the next one of the same burst begins is
   * anybody's guess, and it may have been taken for a part of the broken one.
   */
  #isBroken = false;
  /** Player's frames that nobody asked for: a client may come to them after it has spoken. */
  #early: { speaker: string; look: Look }[] = [];
  /** Where both may speak at any time: what the peer has yet to come to, by position. */
  readonly #putOff = new WeakMap<Position, readonly Saying[]>();
  /** There: what was said last, and where the session stood before; `null` once it was answered. */
  #last: (Saying & { readonly before: readonly Position[] }) | null = null;

  constructor(chart: Chart, model: Model, start: { peer: string; input: unknown }) {
    this.#chart = chart;
    this.#model = model;
    this.#peer = start.peer;
    this.#positions = [chart.initial(start.input)];
    this.#visit();
  }

  /** Where the session may stand; the likeliest first, never empty. */
  get positions(): readonly Position[] {
    return this.#positions;
  }

  get likeliest(): Position {
    const [first] = this.#positions;
    if (first === undefined) throw new RangeError('a tracker is always somewhere');
    return first;
  }

  get coverage(): {
    readonly states: ReadonlySet<string>;
    readonly transitions: ReadonlySet<string>;
  } {
    return this.#visited;
  }

  /** True when the peer must say something next, wherever the session may stand. */
  get owed(): boolean {
    return this.#positions.every((position) => this.#owesAt(position));
  }

  /** A frame of the player's: every way in which the peer may take it. */
  say(speaker: string, look: Look): void {
    if (!this.#model.turnTaking) return this.#sayFreely({ speaker, look });
    if (!this.owed) {
      const crosses = this.#positions.some((position) => this.#unasked(position, speaker));
      this.#move(speaker, look);
      if (crosses) this.#early = [...this.#early, { speaker, look }].slice(-maxEarly);
      return;
    }
    this.#hurried = true;
    this.#waiting.push({ speaker, look });
  }

  /** A frame of the peer's: allowed from at least one position, or refused from all. */
  hear(look: Look): Taken {
    const takings: Taking[] = [];
    const refusals: Refusal[] = [];
    for (const position of this.#positions) {
      const perceived = look(position);
      const step = this.#accept(position, perceived);
      if ('why' in step) refusals.push(step);
      else takings.push({ position, perceived, step });
    }
    const [first] = takings;
    if (first === undefined) return { ok: false, refusals };
    const best = takings.find(isFaultless);
    const { perceived: heard } = best ?? first;
    const likely = best === undefined ? takings : takings.filter(isFaultless);
    const steps = likely.map(({ position, step }) =>
      this.#withPutOff(step, this.#putOff.get(position)),
    );
    this.#last = null;
    const onward = steps.flatMap((step) => this.#comeToPutOff(step));
    this.#arrive(onward.slice(0, this.#model.turnTaking ? maxPositions : maxOrders));
    if (this.#model.turnTaking) this.#comeToEarly();
    else this.#comeToEarlyAnswers();
    this.#drain();
    const transitions = steps.flatMap((step) => step.transitions);
    return { ok: true, perceived: heard, lints: lintsOf(heard), transitions };
  }

  /** The peer closed the connection: allowed from at least one position? */
  closed(): boolean {
    const event = { type: `${this.#peer}.closes` };
    const steps = this.#positions.flatMap((position) => this.#chart.step(position, event) ?? []);
    if (steps.length > 0) this.#arrive(steps);
    return steps.length > 0 || this.#hurried;
  }

  /** Changes what every position remembers: frames are missing from what is followed. */
  forget(change: (context: unknown) => unknown): void {
    this.#positions = this.#positions.map(({ place, context }) => ({
      place,
      context: change(context),
    }));
  }

  #accept(position: Position, perceived: Perceived): Step | Refusal {
    if (saysNothing(perceived)) return { ...position, transitions: [] };
    const isBlamed = perceived.flaws.some((flaw) => flaw.harmless !== true && !isLint(flaw));
    if (isBlamed || perceived.message === null) {
      return { position, perceived, why: 'flaw' };
    }
    if (!mayTalk(this.#model, position, this.#peer)) {
      return { position, perceived, why: 'outOfTurn' };
    }
    const event = { ...perceived.payload, type: `${this.#peer}.${perceived.message}` };
    const step = this.#chart.step(position, event);
    if (step !== null) return step;
    const strange = { ...perceived.payload, type: `${this.#peer}.misplaced` };
    const isHarmless = perceived.flaws.some(({ harmless }) => harmless === true);
    const taken = isHarmless ? this.#chart.step(position, strange) : null;
    return taken ?? { position, perceived, why: 'notOffered' };
  }

  /** After each frame of its own the client may come to one that nobody asked for, or not. */
  #comeToEarly(): void {
    if (this.#early.length === 0) return;
    const steps = this.#early.flatMap(({ speaker, look }) =>
      this.#positions.flatMap((position) =>
        alternatives(this.#chart, this.#model, { position, speaker, perceived: look(position) }),
      ),
    );
    const stay = this.#positions.map((position) => ({ ...position, transitions: [] }));
    this.#arrive([...stay, ...steps].slice(0, maxPositions));
  }

  /** An answer that was said before its call was heard may be the one that the call got, or not. */
  #comeToEarlyAnswers(): void {
    for (const said of this.#early) {
      const steps = this.#positions
        .filter((position) => said.look(position).early !== true)
        .flatMap((position) => this.#takenFrom(position, said));
      if (steps.length === 0) continue;
      this.#early = this.#early.filter((one) => one !== said);
      const stay = this.#positions.map((position) =>
        this.#withPutOff({ ...position, transitions: [] }, this.#putOff.get(position)),
      );
      this.#arrive([...stay, ...steps].slice(0, maxOrders));
    }
  }

  #owesAt(position: Position): boolean {
    return position.place.tags.has(`owes:${this.#peer}`) || this.#putOff.has(position);
  }

  /**
   * What is said while the peer still owes something: it comes to it at once or after its next
   * answer; where it may lie on another connection, also before what was said last.
   */
  #sayFreely(said: Saying): void {
    const before = this.#positions;
    const crossing = before.filter((position) => this.#crosses(position, said));
    const last = this.#last;
    const mayOvertake = this.#model.connections === 'many' && crossing.length > 0;
    const first = mayOvertake && last !== null ? last.before : [];
    const steps = [
      ...before.flatMap((position) => this.#takenFrom(position, said)),
      ...crossing.map((position) => {
        const putOff = [...(this.#putOff.get(position) ?? []), said].slice(-maxEarly);
        return this.#withPutOff({ ...position, transitions: [] }, putOff);
      }),
      ...first
        .flatMap((position) => this.#takenFrom(position, said))
        .flatMap((position) => (last === null ? [] : this.#takenFrom(position, last))),
    ];
    this.#last = { ...said, before };
    const isEarly = said.look(this.likeliest).early === true;
    if (isEarly) this.#early = [...this.#early, said].slice(-maxEarly);
    if (steps.length > 0) this.#arrive(steps.slice(0, maxOrders));
  }

  /**
   * True for a frame that is not legal while the peer has something else to do first; for a flawed
   * one, where nothing can come of it yet.
   */
  #crosses(position: Position, { speaker, look }: Saying): boolean {
    if (!this.#owesAt(position)) return false;
    const perceived = look(position);
    const { message, payload, flaws, quiet } = perceived;
    if (quiet === true) return false;
    if (flaws.length > 0) {
      return alternatives(this.#chart, this.#model, { position, speaker, perceived }).length === 0;
    }
    if (message === null) return false;
    return this.#chart.step(position, { ...payload, type: `${speaker}.${message}` }) === null;
  }

  #takenFrom(position: Position, { speaker, look }: Saying): readonly Step[] {
    const perceived = look(position);
    const putOff = this.#putOff.get(position);
    const steps = alternatives(this.#chart, this.#model, { position, speaker, perceived });
    const isIdle = perceived.quiet === true || perceived.early === true;
    const stay = isIdle && steps.length === 0 ? [{ ...position, transitions: [] }] : [];
    return [...stay, ...steps].map((step) => this.#withPutOff(step, putOff));
  }

  #withPutOff(step: Step, putOff: readonly Saying[] | undefined): Step {
    const kept = { ...step };
    if (putOff !== undefined && putOff.length > 0) this.#putOff.set(kept, putOff);
    return kept;
  }

  /** After an answer the peer may come to the next thing that it has put off, or not yet. */
  #comeToPutOff(step: Step): readonly Step[] {
    const [next, ...rest] = this.#putOff.get(step) ?? [];
    if (next === undefined) return [step];
    const bare = { ...step };
    const steps = this.#takenFrom(bare, next);
    /** With nothing else to do it does not put it off any longer. */
    const taken = (steps.length > 0 ? steps : [bare]).flatMap((one) => {
      const left = this.#withPutOff(one, rest);
      return this.#owesAt(one) ? [left] : this.#comeToPutOff(left);
    });
    return this.#owesAt(bare) ? [step, ...taken] : taken;
  }

  #move(speaker: string, look: Look, maySwallow = false): void {
    let isBroken = false;
    const mayStay = (position: Position) => maySwallow || this.#unasked(position, speaker);
    const steps = this.#positions.flatMap((position) => {
      const perceived = look(position);
      isBroken ||= perceived.flaws.some(({ kind }) => kind === 'malformed');
      return [
        ...(mayStay(position) ? [{ ...position, transitions: [] }] : []),
        ...alternatives(this.#chart, this.#model, { position, speaker, perceived }),
      ];
    });
    this.#isBroken = isBroken;
    if (steps.length > 0) this.#arrive(steps.slice(0, maxPositions));
  }

  /** True where the speaker's frame crosses one that the peer may be sending already. */
  #unasked(position: Position, speaker: string): boolean {
    return speaker === this.#model.server && !mayTalk(this.#model, position, speaker);
  }

  #drain(): void {
    while (this.#waiting.length > 0 && !this.owed) {
      const next = this.#waiting.shift();
      if (next !== undefined) this.#move(next.speaker, next.look, this.#isBroken);
    }
  }

  #arrive(steps: readonly Step[]): void {
    this.#positions = steps;
    for (const step of steps) {
      for (const transition of step.transitions) this.#visited.transitions.add(transition);
    }
    this.#visit();
  }

  #visit(): void {
    for (const { place } of this.#positions) {
      for (const state of place.states) this.#visited.states.add(state);
    }
  }
}

/** True for what moves nothing, or need not have been said to the machine. */
function saysNothing({ quiet, perhaps }: Perceived): boolean {
  return quiet === true || perhaps === true;
}

/** What only should be otherwise in a frame that counts. */
function lintsOf(perceived: Perceived): readonly Flaw[] {
  if (perceived.flaws.length === 0 || saysNothing(perceived)) return none;
  return perceived.flaws.filter(isLint);
}

const none: readonly Flaw[] = [];

function isFaultless({ perceived }: Taking): boolean {
  return lintsOf(perceived).length === 0;
}

/** Strict request and response: the client waits while something is owed, the server until it is. */
export function mayTalk(model: Model, position: Position, side: string): boolean {
  if (!model.turnTaking) return true;
  const owes = position.place.tags.has(`owes:${model.server}`);
  if (side !== model.server) return !owes;
  return owes || position.place.tags.has(`may:${model.server}`);
}

/**
 * The steps that a receiver may make of a frame: one for each of its flaws, in the order of its
 * checks, and that of a good one where it may pass all of them over; a good frame that is not
 * allowed now is misplaced.
 */
export function alternatives(
  chart: Chart,
  model: Model,
  said: { position: Position; speaker: string; perceived: Perceived },
): readonly Step[] {
  const { position, speaker, perceived } = said;
  const { message, payload } = perceived;
  const flaws = perceived.flaws.filter((flaw) => flaw.harmless !== true || flaw.tolerable === true);
  if (perceived.quiet === true) return [];
  const as = (kind: string) =>
    chart.step(position, { ...payload, type: `${speaker}.${kind}` }) ?? [];
  const offered = (content: unknown) => {
    if (message === null || !mayTalk(model, position, speaker)) return [];
    return chart.step(position, { ...payload, content, type: `${speaker}.${message}` }) ?? [];
  };
  if (flaws.length === 0) {
    const legal = [offered(payload['content'])].flat();
    const stay = perceived.perhaps === true ? [{ ...position, transitions: [] }] : [];
    return legal.length > 0 ? [...stay, ...legal] : [as('misplaced')].flat();
  }
  const kinds = [...new Set(flaws.map((flaw) => flaw.kind))];
  const isMendable = message !== null && perceived.mended !== null;
  const mended = () => perceived.mended ?? model.messages[message ?? '']?.example;
  const known = isMendable && [offered(mended())].flat().length === 0;
  const isTolerable = flaws.every(({ tolerable }) => tolerable === true);
  const taken = isTolerable ? [offered(payload['content'])].flat() : [];
  return [...taken, ...kinds.flatMap(as), ...(known ? [as('misplaced')].flat() : [])];
}
