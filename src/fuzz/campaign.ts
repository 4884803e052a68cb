import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { Docket } from './docket.ts';
import { Falls } from './falls.ts';
import type { Restraint } from './menu.ts';
import { Picker } from './picker.ts';
import { adopting, examined, suspicion } from './replay.ts';
import { walkSession, type Walked } from './session.ts';
import type { ShrinkBudget } from './shrink.ts';
import { deathOf, exhibit, type Care, type Charge, type Fall } from './target-care.ts';
import type { Arena } from './walker.ts';

const freshMs = 60_000;
/** Steps of one session. */
const usualSteps = 96;
/**
 * Where a peer does more than answer: what is plain to see shows in short sessions, and some of it
 * only where they begin.
 */
const firstSteps = [10, 20, 40, 60];
const changingSteps = [usualSteps, 12, 24];
/** Sessions that are judged as a whole although each step was right: the first ones, then some. */
const firstSessions = 16;
const wholeEvery = 4;
/** So often a silence that does not show again at once is believed. */
const enoughDoubts = 3;

/** How long a campaign goes on: whatever comes first. */
export interface Budget {
  readonly messages: number;
  readonly ms: number;
}

export interface CampaignPlan {
  readonly arena: Arena;
  readonly seed: number;
  /** This campaign walks sessions `index`, `index + of`, … */
  readonly shard: { readonly index: number; readonly of: number };
  readonly budget: Budget;
  readonly feedback: boolean;
  readonly restraint: Restraint;
  readonly shrinking: ShrinkBudget;
  readonly signal: AbortSignal;
  readonly care: Care;
  /** What went before: sessions of this shard that are walked already, and what they found. */
  readonly begun: {
    readonly sessions: number;
    readonly messages: number;
    readonly findings: readonly Finding[];
    readonly triples: ReadonlySet<string>;
  };
  readonly tell: (state: CampaignState) => void;
  /** Told of each finding when it is new, and again when it is shrunk. */
  readonly found: (finding: Finding) => void;
}

/** Walks the model with deviations until the budget is spent; every finding once, shrunk. */
export async function campaign(plan: CampaignPlan): Promise<CampaignState> {
  const run = new Campaign(plan);
  await run.go();
  return run.state();
}

class Campaign {
  readonly #plan: CampaignPlan;
  readonly #picker: Picker;
  readonly #beganMs: number;
  readonly #docket: Docket;
  readonly #falls: Falls;
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();
  readonly #freshAtMs: number[] = [];
  /** What the assumed readings were found to be right about: suspicion to finding. */
  readonly #proven = new Map<string, string>();
  /** Silences that did not show again when they were played again, by signature. */
  readonly #doubts = new Map<string, number>();
  #arena: Arena;
  #health: CampaignState['health'] = 'well';
  #messages = 0;
  #sessions = 0;
  /** The session before: a target may fall only after its last frame. */
  #previous: Walked | null = null;

  constructor(plan: CampaignPlan) {
    this.#plan = plan;
    this.#arena = plan.arena;
    this.#docket = new Docket(
      { arena: plan.arena, care: plan.care },
      {
        ...plan,
        known: plan.begun.findings,
        messages: () => plan.begun.messages + this.#messages,
      },
    );
    this.#falls = new Falls(this.#docket, (walked) => this.#avoid(walked));
    const random = seededRandom(plan.seed).fork(`picker ${plan.shard.index}`);
    this.#picker = new Picker(plan.arena, random, { ...plan, triples: plan.begun.triples });
    this.#beganMs = systemClock.nowMs();
  }

  async go(): Promise<void> {
    try {
      while (!this.#spent() && !this.#plan.signal.aborted) {
        const walked = await this.#walk(this.#nextSeed());
        this.#sessions += 1;
        await this.#heed(walked);
        this.#previous = walked;
        this.#plan.tell(this.state());
      }
      await this.#lookAgain();
    } catch (fault) {
      if (!isUnreachable(fault)) throw fault;
      this.#health = this.#plan.signal.aborted ? 'well' : 'gone';
    }
  }

  state(): CampaignState {
    const nowMs = systemClock.nowMs();
    while ((this.#freshAtMs[0] ?? nowMs) < nowMs - freshMs) this.#freshAtMs.shift();
    return {
      messages: this.#messages,
      sessions: this.#sessions,
      elapsedMs: nowMs - this.#beganMs,
      triples: this.#picker.experience.triples,
      fresh: this.#freshAtMs.length,
      states: this.#states,
      transitions: this.#transitions,
      restarts: this.#plan.care.restarts,
      health: this.#health,
      findings: this.#docket.list,
    };
  }

  #nextSeed(): number {
    const { seed, shard, begun } = this.#plan;
    const session = shard.index + shard.of * (begun.sessions + this.#sessions);
    return (Math.imul(seed, 0x9e3779b1) + session) >>> 0;
  }

  async #walk(seed: number): Promise<Walked> {
    const { restraint, signal } = this.#plan;
    const walked = await walkSession({
      arena: this.#arena,
      picker: this.#picker,
      seed,
      maxSteps: this.#steps(),
      never: restraint.never,
      count: (messages) => {
        this.#messages += messages;
      },
      learnt: () => this.#freshAtMs.push(systemClock.nowMs()),
      isOver: () => this.#spent() || signal.aborted,
    });
    for (const state of walked.coverage.states) this.#states.add(state);
    for (const transition of walked.coverage.transitions) this.#transitions.add(transition);
    return walked;
  }

  #steps(): number {
    if (this.#arena.protocol.model.turnTaking) return usualSteps;
    const changing = changingSteps[this.#sessions % changingSteps.length] ?? usualSteps;
    return firstSteps[this.#sessions] ?? changing;
  }

  /** What the hot loop took for wrong, judged properly. */
  async #heed(walked: Walked): Promise<void> {
    if (this.#plan.signal.aborted) return;
    if (walked.came.kind === 'gone') return this.#fell('crash', walked);
    if (!this.#isNotable(walked) && !this.#isSample()) return;
    const suspected = suspicion(this.#arena, walked.trace);
    const seen = this.#docket.find(this.#proven.get(suspected ?? '') ?? '');
    if (seen !== null) return this.#seeAgain(seen, walked);
    const charge = this.#charge(walked, suspected);
    const death = await deathOf(this.#docket.ward, walked.trace, charge?.violation ?? null);
    const shown = death ?? charge;
    if (shown === null) return;
    const id = this.#docket.idOf(shown.signature);
    if (suspected !== null && death === null) this.#proven.set(suspected, id);
    const known = this.#docket.find(id);
    if (known !== null) return this.#seeAgain(known, walked);
    const { kind } = shown.violation;
    const health = kind === 'silence' || kind === 'closed' ? await this.#plan.care.probe() : 'well';
    if (health !== 'well') return this.#fell(health === 'gone' ? 'crash' : 'hang', walked);
    if (this.#docket.isFull || (kind === 'silence' && !(await this.#isSure(shown, walked)))) return;
    this.#docket.record(id, shown.violation, walked);
    await this.#docket.shrink(id, shown.signature, walked);
  }

  /** What is wrong with a session under every open reading; `null` where one allows it. */
  #charge(walked: Walked, suspected: string | null): Charge<Violation> | null {
    const isWrong = walked.came.kind === 'wrong';
    if (suspected === null && !isWrong) return null;
    const { verdict, signature } = examined(this.#arena, walked.trace);
    const { violation, readings } = verdict;
    /** What only should be otherwise does not tell against the readings that explain the rest. */
    const isExplained = violation === null || (verdict.verdict === 'warn' && readings.length > 0);
    if (isWrong && isExplained) this.#adopt(readings);
    return violation === null || signature === null ? null : { violation, signature };
  }

  /** A busy machine is silent, too: what does not show again must show more often. */
  async #isSure({ signature }: Charge<unknown>, { steps, seed }: Walked): Promise<boolean> {
    const again = await exhibit(this.#docket.ward, { steps, seed, falls: false });
    const doubts = (this.#doubts.get(signature) ?? 0) + 1;
    this.#doubts.set(signature, doubts);
    return again.signature === signature || doubts >= enoughDoubts;
  }

  #seeAgain(known: Finding, walked: Walked): void {
    if (known.kind === 'silence') this.#avoid(walked);
    this.#docket.count(known);
  }

  /** True for what went wrong, and for a client of ours that left: it may have died. */
  #isNotable({ came }: Walked): boolean {
    return came.kind === 'wrong' || (came.kind === 'over' && this.#plan.care.exit !== undefined);
  }

  /** Of sessions in which nothing is wrong step by step, some are judged as a whole. */
  #isSample(): boolean {
    return this.#sessions <= firstSessions || this.#sessions % wholeEvery === 0;
  }

  /** The last session may have been the target's last. */
  async #lookAgain(): Promise<void> {
    if (this.#sessions === 0 || this.#plan.signal.aborted || this.#previous === null) return;
    const health = await this.#plan.care.probe();
    if (health !== 'well') await this.#fell(health === 'gone' ? 'crash' : 'hang', this.#previous);
  }

  /**
   * The target fell. It is brought back, and the last sessions are played again to see whose
   * doing it was: one finding, and what led to it is avoided from then on.
   * @throws HarnessError `unreachable` where the target does not come back.
   */
  async #fell(kind: Fall, walked: Walked): Promise<void> {
    const { protocol, side } = this.#arena;
    /** A client that comes no more may simply have had enough. */
    if (side === protocol.model.server) return this.#plan.care.revive();
    const suspects = [walked, ...(this.#previous === null ? [] : [this.#previous])].filter(
      ({ steps }) => steps.length > 0,
    );
    this.#health = 'restarting';
    this.#plan.tell(this.state());
    try {
      await this.#plan.care.revive();
    } catch (fault) {
      const [suspect] = this.#plan.signal.aborted ? [] : suspects;
      if (suspect !== undefined)
        this.#falls.suspect(kind, suspect, 'The target did not come back.');
      throw fault;
    }
    this.#health = 'well';
    if (await this.#falls.explain(kind, suspects)) return;
    const [suspect] = suspects;
    if (suspect === undefined || !this.#plan.care.alone) return;
    this.#falls.suspect(kind, suspect, 'It did not show again when the session was played again.');
  }

  #avoid({ last }: Walked): void {
    if (last !== null) this.#picker.experience.avoid(last.position, last.step);
  }

  /** An open reading that the peer turned out to follow: it is expected from now on. */
  #adopt(names: readonly string[]): void {
    /** Where none was needed, one that was adopted before has misled us. */
    const before = names.length === 0 ? this.#plan.arena : this.#arena;
    this.#arena = adopting(before, names);
    this.#docket.ward = { arena: this.#arena, care: this.#plan.care };
    this.#picker.adopt(this.#arena);
  }

  #spent(): boolean {
    const { budget } = this.#plan;
    const elapsedMs = systemClock.nowMs() - this.#beganMs;
    return this.#messages >= budget.messages || elapsedMs >= budget.ms;
  }
}

function isUnreachable(fault: unknown): boolean {
  return fault instanceof HarnessError && fault.code === 'unreachable';
}
