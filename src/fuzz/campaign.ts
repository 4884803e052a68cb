import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { findingOf, Findings } from './findings.ts';
import { findingId } from './identify.ts';
import type { Restraint } from './menu.ts';
import { Picker } from './picker.ts';
import { examined, suspicion } from './replay.ts';
import { walkSession, type Walked } from './session.ts';
import { shrink, type ShrinkBudget, type Shown } from './shrink.ts';
import {
  exhibit,
  fallOf,
  fallSignature,
  type Care,
  type Exhibit,
  type Fall,
} from './target-care.ts';
import type { Arena } from './walker.ts';

const freshMs = 60_000;
/** Sessions that are judged as a whole although each step was right: the first ones, then some. */
const firstSessions = 16;
const wholeEvery = 4;
/** Shrinking a fall brings the target back after each try that shows it. */
const fallShrinking: ShrinkBudget = { replays: 24, ms: 60_000 };

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
  readonly #findings: Findings;
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();
  readonly #freshAtMs: number[] = [];
  /** Ids of falls as they came, to the ids that they have now that they are shrunk. */
  readonly #aliases = new Map<string, string>();
  /** What the assumed readings were found to be right about: suspicion to finding. */
  readonly #proven = new Map<string, string>();
  #arena: Arena;
  #health: CampaignState['health'] = 'well';
  #messages = 0;
  #sessions = 0;
  /** The session before: a target may fall only after its last frame. */
  #previous: Walked | null = null;

  constructor(plan: CampaignPlan) {
    this.#plan = plan;
    this.#arena = plan.arena;
    this.#findings = new Findings(plan.begun.findings);
    const random = seededRandom(plan.seed).fork(`picker ${plan.shard.index}`);
    this.#picker = new Picker(plan.arena, random, { ...plan, triples: plan.begun.triples });
    this.#beganMs = plan.arena.clock.nowMs();
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
    const nowMs = this.#arena.clock.nowMs();
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
      findings: this.#findings.list,
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
      never: restraint.never,
      count: (messages) => {
        this.#messages += messages;
      },
      learnt: () => this.#freshAtMs.push(this.#arena.clock.nowMs()),
      isOver: () => this.#spent() || signal.aborted,
    });
    for (const state of walked.coverage.states) this.#states.add(state);
    for (const transition of walked.coverage.transitions) this.#transitions.add(transition);
    return walked;
  }

  /** What the hot loop took for wrong, judged properly. */
  async #heed(walked: Walked): Promise<void> {
    if (this.#plan.signal.aborted) return;
    if (walked.came.kind === 'gone') return this.#fell('crash', walked);
    if (walked.came.kind !== 'wrong' && !this.#isSample()) return;
    const suspected = suspicion(this.#arena, walked.trace);
    const seen = this.#findings.find(this.#proven.get(suspected ?? '') ?? '');
    if (seen !== null) return this.#seeAgain(seen, walked);
    if (suspected === null && walked.came.kind !== 'wrong') return;
    const { verdict, signature } = examined(this.#arena, walked.trace);
    const { violation, readings } = verdict;
    if (violation === null || signature === null) {
      if (walked.came.kind === 'wrong') this.#adopt(readings);
      return;
    }
    const id = this.#idOf(signature);
    if (suspected !== null) this.#proven.set(suspected, id);
    const known = this.#findings.find(id);
    if (known !== null) return this.#seeAgain(known, walked);
    const suspicious = violation.kind === 'silence' || violation.kind === 'closed';
    const health = suspicious ? await this.#plan.care.probe() : 'well';
    if (health !== 'well') return this.#fell(health === 'gone' ? 'crash' : 'hang', walked);
    if (this.#findings.isFull) return;
    this.#record(id, violation, walked);
    await this.#shrink(id, signature, walked);
  }

  #seeAgain(known: Finding, walked: Walked): void {
    if (known.kind === 'silence') this.#avoid(walked);
    this.#findings.count(known);
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
      if (suspect !== undefined) this.#suspect(kind, suspect, 'The target did not come back.');
      throw fault;
    }
    this.#health = 'well';
    for (const suspect of suspects) if (this.#isKnown(kind, suspect)) return;
    for (const suspect of suspects) if (await this.#convict(suspect)) return;
    const [suspect] = suspects;
    if (suspect === undefined || !this.#plan.care.alone) return;
    this.#suspect(kind, suspect, 'It did not show again when the session was played again.');
  }

  #isKnown(kind: Fall, suspect: Walked): boolean {
    const id = this.#fallId(suspect.trace, kind);
    const known = this.#findings.find(this.#aliases.get(id) ?? id);
    if (known === null) return false;
    this.#findings.count(known);
    this.#avoid(suspect);
    return true;
  }

  /** Plays a session again: true where the target fell again. Told when it is shrunk. */
  async #convict(suspect: Walked): Promise<boolean> {
    const { steps, seed, trace } = suspect;
    const shown = await exhibit(this.#ward, { steps, seed, falls: true });
    if (!isFall(shown) || shown.signature === null) return false;
    this.#avoid(suspect);
    const minimal = await this.#shrunk(suspect, fallShrinking, isFall);
    const { signature, violation } = minimal?.replayed ?? shown;
    if (signature === null || violation === null) return false;
    const id = this.#idOf(signature);
    for (const alike of [shown.trace, trace])
      this.#aliases.set(this.#fallId(alike, violation.kind), id);
    const known = this.#findings.find(id);
    if (known !== null) this.#findings.count(known);
    else if (minimal === null) this.#record(id, violation, { ...shown, steps, seed });
    else this.#record(id, violation, { ...minimal.replayed, steps: minimal.steps, seed });
    return true;
  }

  /** A fall that nobody could bring about again. */
  #suspect(kind: Fall, walked: Walked, note: string): void {
    const fall = fallOf(this.#arena.protocol, walked.trace, kind);
    const id = this.#fallId(walked.trace, kind);
    const known = this.#findings.find(id);
    if (known !== null) return this.#findings.count(known);
    this.#record(id, { ...fall, explanation: `${fall.explanation} ${note}` }, walked);
  }

  /** The id that a fall behind this trace has, as long as nothing plainer shows it. */
  #fallId(trace: Trace, kind: Finding['kind']): string {
    const fall = fallOf(this.#arena.protocol, trace, kind === 'hang' ? 'hang' : 'crash');
    return this.#idOf(fallSignature(this.#arena, fall, trace));
  }

  #avoid({ last }: Walked): void {
    if (last !== null) this.#picker.experience.avoid(last.position, last.step);
  }

  #record(
    id: string,
    violation: Violation | ReturnType<typeof fallOf>,
    { trace, steps, seed }: Pick<Walked, 'trace' | 'steps' | 'seed'>,
  ): void {
    const messages = this.#plan.begun.messages + this.#messages;
    const finding = findingOf(id, violation, { trace, steps, seed, messages });
    this.#findings.put(finding);
    this.#plan.found(finding);
  }

  async #shrink(id: string, signature: string, walked: Walked): Promise<void> {
    const isSame = (played: Exhibit) => played.signature === signature;
    const shrunk = await this.#shrunk(walked, this.#plan.shrinking, isSame);
    const known = this.#findings.find(id);
    const violation = shrunk?.replayed.violation ?? null;
    if (known === null || shrunk === null || violation === null) return;
    const { steps, replayed } = shrunk;
    const { messagesToDetection: messages, times } = known;
    const evidence = { trace: replayed.trace, steps, seed: walked.seed, messages };
    const minimal = { ...findingOf(id, violation, evidence), times };
    this.#findings.put(minimal);
    this.#plan.found(minimal);
  }

  /** The shortest steps that show the same, or `null` where not even all of them do. */
  async #shrunk({ steps, seed }: Walked, budget: ShrinkBudget, isSame: Shown['isSame']) {
    const { signal, shrinking } = this.#plan;
    if (shrinking.replays === 0) return null;
    const { clock } = this.#arena;
    const falls = budget === fallShrinking;
    const play = (fewer: readonly Step[]) => exhibit(this.#ward, { steps: fewer, seed, falls });
    return shrink({ steps, isSame, play, signal, clock }, budget);
  }

  /** An open reading that the peer turned out to follow: it is expected from now on. */
  #adopt(names: readonly string[]): void {
    const found = Object.fromEntries(names.map((name) => name.split('=')));
    /** Where none was needed, one that was adopted before has misled us. */
    const before = names.length === 0 ? this.#plan.arena : this.#arena;
    const readings = { ...before.settings.readings, ...found };
    this.#arena = { ...this.#arena, settings: { ...this.#arena.settings, readings } };
    this.#picker.adopt(this.#arena);
  }

  #idOf(signature: string): string {
    const { protocol, peer } = this.#arena;
    return findingId(protocol.name, peer, signature);
  }

  get #ward() {
    return { arena: this.#arena, care: this.#plan.care };
  }

  #spent(): boolean {
    const { budget } = this.#plan;
    const elapsedMs = this.#arena.clock.nowMs() - this.#beganMs;
    return this.#messages >= budget.messages || elapsedMs >= budget.ms;
  }
}

function isFall({ violation }: Exhibit): boolean {
  return violation?.kind === 'crash' || violation?.kind === 'hang';
}

function isUnreachable(fault: unknown): boolean {
  return fault instanceof HarnessError && fault.code === 'unreachable';
}
