import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Position } from '#src/contract/position.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { findingOf, Findings } from './findings.ts';
import { findingId } from './identify.ts';
import { Picker, type Restraint } from './picker.ts';
import { examined, sessionRandom } from './replay.ts';
import { shrink, type ShrinkBudget, type Shown } from './shrink.ts';
import {
  exhibit,
  fallOf,
  fallSignature,
  type Care,
  type Exhibit,
  type Fall,
} from './target-care.ts';
import { Walker, type Arena, type Came } from './walker.ts';

/** Steps of one session, before it takes its leave. */
const maxSteps = 48;
const freshMs = 60_000;
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

/** One session, and what its last step came to; `gone`: the target could not be reached. */
interface Walked {
  readonly came: Came | { readonly kind: 'gone' };
  readonly steps: readonly Step[];
  readonly trace: Trace;
  readonly seed: number;
  /** The last step of our choice, and where it was taken. */
  readonly last: { readonly position: Position; readonly step: Step } | null;
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
    this.#picker = new Picker(plan.arena, random, plan);
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
      triples: this.#picker.triples,
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

  /** One session, left when this returns: targets that serve one client at a time are free again. */
  async #walk(seed: number): Promise<Walked> {
    const nobody: Trace = { ...this.#about(seed), events: [] };
    const steps: Step[] = [];
    let walker: Walker | null = null;
    let last: Walked['last'] = null;
    try {
      walker = await Walker.open(this.#arena, { random: sessionRandom(seed), seed });
      let came = await this.#listen(walker);
      while (steps.length < maxSteps && (came.kind === 'fine' || came.kind === 'dirty')) {
        const position = walker.tracker.likeliest;
        const step: Step | null =
          came.kind === 'dirty' ? { do: 'reconnect', how: 'end' } : this.#picker.next(position);
        if (step === null) break;
        if (came.kind === 'fine') last = { position, step };
        steps.push(step);
        came = await this.#take(walker, step);
        if (this.#picker.learn(position, step, came.heard)) {
          this.#freshAtMs.push(this.#arena.clock.nowMs());
        }
        if (this.#spent() || this.#plan.signal.aborted) break;
      }
      if (came.kind === 'fine') came = await this.#farewell(walker, steps);
      this.#cover(walker);
      return { came, steps, seed, last, trace: walker.trace() };
    } catch (fault) {
      if (!isUnreachable(fault)) throw fault;
      return { came: { kind: 'gone' }, steps, seed, last, trace: walker?.trace() ?? nobody };
    } finally {
      await walker?.[Symbol.asyncDispose]();
    }
  }

  async #take(walker: Walker, step: Step): Promise<Came> {
    const before = walker.messages;
    const came = await walker.take(step);
    this.#messages += walker.messages - before;
    return came;
  }

  async #listen(walker: Walker): Promise<Came> {
    const before = walker.messages;
    const came = await walker.listen();
    this.#messages += walker.messages - before;
    return came;
  }

  /** A legal end: the peer lives, and is where the model says it is. */
  async #farewell(walker: Walker, steps: Step[]): Promise<Came> {
    const { protocol, side } = this.#arena;
    let came = await this.#listen(walker);
    for (const message of protocol.farewell[side] ?? []) {
      const isLegal = walker.tracker.likeliest.place.listens.has(`${side}.${message}`);
      if (came.kind !== 'fine' || this.#plan.restraint.never.includes(message)) return came;
      if (!isLegal) continue;
      const step: Step = { do: 'say', message, variant: 0 };
      steps.push(step);
      came = await this.#take(walker, step);
    }
    return came;
  }

  /** What the hot loop took for wrong, judged properly. */
  async #heed(walked: Walked): Promise<void> {
    if (this.#plan.signal.aborted) return;
    if (walked.came.kind === 'gone') return this.#fell('crash', walked);
    if (walked.came.kind !== 'wrong') return;
    const { verdict, signature } = examined(this.#arena, walked.trace);
    const { violation, readings } = verdict;
    if (violation === null || signature === null) return this.#adopt(readings);
    const id = this.#idOf(signature);
    const known = this.#findings.find(id);
    if (known !== null) return this.#findings.count(known);
    const suspicious = violation.kind === 'silence' || violation.kind === 'closed';
    const health = suspicious ? await this.#plan.care.probe() : 'well';
    if (health !== 'well') return this.#fell(health === 'gone' ? 'crash' : 'hang', walked);
    if (this.#findings.isFull) return;
    this.#record(id, violation, walked);
    await this.#shrink(id, signature, walked);
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
    if (last !== null) this.#picker.avoid(last.position, last.step);
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

  /** An open reading that the peer turned out to follow: no finding, now or later. */
  #adopt(names: readonly string[]): void {
    const found = Object.fromEntries(names.map((name) => name.split('=')));
    const readings = { ...this.#arena.settings.readings, ...found };
    this.#arena = { ...this.#arena, settings: { ...this.#arena.settings, readings } };
  }

  #idOf(signature: string): string {
    const { protocol, peer } = this.#arena;
    return findingId(protocol.name, peer, signature);
  }

  get #ward() {
    return { arena: this.#arena, care: this.#plan.care };
  }

  #about(seed: number): Omit<Trace, 'events'> {
    const { protocol, settings, peer } = this.#arena;
    const { dialect, options } = settings;
    return { protocol: protocol.name, dialect, peer, options, seed };
  }

  #cover(walker: Walker): void {
    const { states, transitions } = walker.tracker.coverage;
    for (const state of states) this.#states.add(state);
    for (const transition of transitions) this.#transitions.add(transition);
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
