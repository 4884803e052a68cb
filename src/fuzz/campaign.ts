import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { findingId } from './identify.ts';
import { Picker } from './picker.ts';
import { examined, sessionRandom } from './replay.ts';
import { shrink, type ShrinkBudget } from './shrink.ts';
import { Walker, type Arena, type Came } from './walker.ts';

/** Steps of one session, before it takes its leave. */
const maxSteps = 48;
/** Signatures that are told apart; a target that breaks everything is broken enough. */
const maxFindings = 200;
const freshMs = 60_000;

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
  readonly shrinking: ShrinkBudget;
  readonly signal: AbortSignal;
  /** Slows the campaign down, for devices; `null`: as fast as the target. */
  readonly maxMessagesPerSecond: number | null;
  /** Brings a dead target back; false where nobody knows how. */
  readonly revive: () => Promise<boolean>;
  readonly tell: (state: CampaignState) => void;
}

/** Walks the model with deviations until the budget is spent; every finding once, shrunk. */
export async function campaign(plan: CampaignPlan): Promise<CampaignState> {
  const run = new Campaign(plan);
  await run.go();
  return run.state();
}

/** One session, and what its last step came to. */
interface Walked {
  readonly came: Came;
  readonly steps: readonly Step[];
  readonly trace: Trace;
}

class Campaign {
  readonly #plan: CampaignPlan;
  readonly #picker: Picker;
  readonly #beganMs: number;
  readonly #findings = new Map<string, Finding>();
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();
  readonly #freshAtMs: number[] = [];
  #arena: Arena;
  #health: CampaignState['health'] = 'well';
  #messages = 0;
  #sessions = 0;
  #restarts = 0;

  constructor(plan: CampaignPlan) {
    this.#plan = plan;
    this.#arena = plan.arena;
    const random = seededRandom(plan.seed).fork(`picker ${plan.shard.index}`);
    this.#picker = new Picker(plan.arena, random, plan.feedback);
    this.#beganMs = plan.arena.clock.nowMs();
  }

  async go(): Promise<void> {
    const { seed, shard, signal } = this.#plan;
    for (let session = shard.index; !this.#spent() && !signal.aborted; session += shard.of) {
      const sessionSeed = (Math.imul(seed, 0x9e3779b1) + session) | 0;
      try {
        await this.#session(sessionSeed);
      } catch (fault) {
        if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
        if (!(await this.#revive())) break;
      }
      this.#sessions += 1;
      this.#plan.tell(this.state());
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
      restarts: this.#restarts,
      health: this.#health,
      findings: [...this.#findings.values()],
    };
  }

  async #session(seed: number): Promise<void> {
    const { came, trace, steps } = await this.#walk(seed);
    if (came.kind === 'wrong') await this.#examine(trace, steps, seed);
  }

  /** One session, left when this returns: targets that serve one client at a time are free again. */
  async #walk(seed: number): Promise<Walked> {
    await using walker = await Walker.open(this.#arena, { random: sessionRandom(seed), seed });
    const steps: Step[] = [];
    let came = await walker.listen();
    while (steps.length < maxSteps && (came.kind === 'fine' || came.kind === 'dirty')) {
      const position = walker.tracker.likeliest;
      const step: Step =
        came.kind === 'dirty' ? { do: 'reconnect', how: 'end' } : this.#picker.next(position);
      steps.push(step);
      const before = walker.messages;
      came = await walker.take(step);
      this.#messages += walker.messages - before;
      if (this.#picker.learn(position, step, came.heard)) {
        this.#freshAtMs.push(this.#arena.clock.nowMs());
      }
      await this.#pace();
      if (this.#spent() || this.#plan.signal.aborted) break;
    }
    if (came.kind === 'fine') came = await this.#farewell(walker, steps);
    this.#cover(walker);
    return { came, steps, trace: walker.trace() };
  }

  /** A legal end: the peer lives, and is where the model says it is. */
  async #farewell(walker: Walker, steps: Step[]) {
    const { protocol, side } = this.#arena;
    let came = await walker.listen();
    for (const message of protocol.farewell[side] ?? []) {
      if (came.kind !== 'fine') return came;
      if (!walker.tracker.likeliest.place.listens.has(`${side}.${message}`)) return came;
      const step: Step = { do: 'say', message, variant: 0 };
      steps.push(step);
      came = await walker.take(step);
    }
    return came;
  }

  /** What the hot loop took for wrong, judged properly. */
  async #examine(trace: Trace, steps: readonly Step[], seed: number): Promise<void> {
    const { protocol, peer } = this.#arena;
    const { verdict, signature: text } = examined(this.#arena, trace);
    const { violation, readings } = verdict;
    if (violation === null || text === null) return this.#adopt(readings);
    const known = this.#findings.get(text);
    if (known !== undefined) {
      this.#findings.set(text, { ...known, times: known.times + 1 });
      return;
    }
    if (this.#findings.size >= maxFindings) return;
    const id = findingId(protocol.name, peer, text);
    this.#findings.set(
      text,
      finding(id, violation, { trace, steps, seed, messages: this.#messages }),
    );
    await this.#shrink(text, seed, steps);
  }

  async #shrink(text: string, seed: number, steps: readonly Step[]): Promise<void> {
    const known = this.#findings.get(text);
    const { shrinking } = this.#plan;
    if (known === undefined || shrinking.replays === 0) return;
    const shrunk = await shrink(this.#arena, { steps, seed, signature: text }, shrinking);
    const violation = shrunk?.replayed.verdict.violation;
    if (shrunk === null || violation === null || violation === undefined) return;
    const { trace } = shrunk.replayed;
    const messages = known.messagesToDetection;
    const minimal = finding(known.id, violation, { trace, steps: shrunk.steps, seed, messages });
    this.#findings.set(text, { ...minimal, times: known.times });
  }

  /** An open reading that the peer turned out to follow: no finding, now or later. */
  #adopt(names: readonly string[]): void {
    const found = Object.fromEntries(names.map((name) => name.split('=')));
    const readings = { ...this.#arena.settings.readings, ...found };
    this.#arena = { ...this.#arena, settings: { ...this.#arena.settings, readings } };
  }

  async #revive(): Promise<boolean> {
    this.#health = 'restarting';
    this.#plan.tell(this.state());
    this.#restarts += 1;
    const back = await this.#plan.revive();
    this.#health = back ? 'well' : 'gone';
    return back;
  }

  async #pace(): Promise<void> {
    const { maxMessagesPerSecond } = this.#plan;
    if (maxMessagesPerSecond === null) return;
    const dueMs = (this.#messages / maxMessagesPerSecond) * 1000;
    const earlyMs = dueMs - (this.#arena.clock.nowMs() - this.#beganMs);
    if (earlyMs > 0) await this.#arena.clock.sleep(earlyMs, this.#plan.signal);
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

function finding(
  id: string,
  violation: Violation,
  shown: { trace: Trace; steps: readonly Step[]; seed: number; messages: number },
): Finding {
  const { requirement, kind, explanation, expected, actual } = violation;
  const { trace, steps, seed, messages } = shown;
  return {
    id,
    requirement: requirement.id,
    citation: `${requirement.cite.document}, ${requirement.cite.section}`,
    kind,
    explanation,
    expected: expected.map(({ outcome }) => outcome),
    actual,
    messagesToDetection: messages,
    times: 1,
    sessionSeed: seed,
    steps,
    minimalMessages: trace.events.filter(({ kind: what }) => what === 'sent' || what === 'received')
      .length,
    trace,
  };
}
