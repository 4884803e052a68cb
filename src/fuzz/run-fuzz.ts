import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Ending } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import { campaign, type CampaignPlan } from './campaign.ts';
import { TimeIsUp } from './client-wait.ts';
import { restraintOf, sharedProfile, shareOf, type Begun, type FuzzPlan } from './fuzz-plan.ts';
import { merged, nothingYet } from './merge.ts';
import { endingOf, endingBy } from './run-fuzz-ending.ts';
import { LeakWatch } from './leak-watch.ts';
import { replaySeeds } from './seeds-first.ts';
import { openFuzzTarget, servesSeveral, type FuzzTarget } from './target.ts';
import type { Arena } from './walker.ts';
import { campaignInThreads, type CrewResult } from './workers.ts';

/** Progress is told so often at most, ms. */
const tellMs = 200;
/** What stored seeds may take of the time. */
const seedsShare = 0.25;

/** What a fuzzing run tells while it runs. */
export type FuzzProgress =
  | { readonly kind: 'began'; readonly url: string; readonly replyMs: number }
  | { readonly kind: 'state'; readonly begun: Begun }
  /** Told when it is new, and again whenever shorter steps are known. */
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** Each session, where the profile wants all of them captured. */
  | { readonly kind: 'captured'; readonly trace: Trace }
  | { readonly kind: 'note'; readonly text: string };

/** What it came to. */
export interface FuzzResult extends Begun {
  readonly url: string;
  readonly ending: Ending;
}

/** Replays the stored seeds, then walks the model with deviations until the budget is spent. */
export async function runFuzz(
  plan: FuzzPlan,
  tell: (progress: FuzzProgress) => void,
): Promise<FuzzResult> {
  const run = new Run(plan, tell);
  try {
    await run.go();
  } catch (fault) {
    return run.result(fault instanceof TimeIsUp ? null : endingBy(fault, plan.signal));
  }
  return run.result(null);
}

class Run {
  readonly #plan: FuzzPlan;
  readonly #tell: (progress: FuzzProgress) => void;
  #url = '';
  /** Before the campaign: the run that this one goes on with, and the stored seeds. */
  #before: CampaignState;
  #now: CrewResult = { state: nothingYet, sessions: [] };
  #leak: Finding | null = null;

  constructor(plan: FuzzPlan, tell: (progress: FuzzProgress) => void) {
    this.#plan = plan;
    this.#tell = tell;
    this.#before = plan.begun.state;
  }

  async go(): Promise<void> {
    const { signal, seed, profile, protocol } = this.#plan;
    const note = (text: string) => this.#tell({ kind: 'note', text });
    const captured = this.#captured;
    const about = { protocol, profile, seed, signal, note, captured };
    await using target = await openFuzzTarget(about);
    this.#url = target.url;
    this.#tell({ kind: 'began', url: target.url, replyMs: target.arena.replyMs });
    await this.#playSeeds(target);
    const watch = new LeakWatch(target, (leak) => this.#tell({ kind: 'finding', finding: leak }));
    let toldMs = 0;
    const hear = (state: CampaignState, sessions: readonly number[]) => {
      this.#now = { state, sessions };
      this.#leak = watch.look(state) ?? this.#leak;
      if (state.elapsedMs - toldMs < tellMs && state.health === 'well') return;
      toldMs = state.elapsedMs;
      this.#tell({ kind: 'state', begun: this.#begun() });
    };
    const workers = await this.#possibleWorkers(target);
    this.#now = await (workers === 1
      ? this.#alone(target, hear)
      : this.#threads(target, workers, hear));
  }

  /** What hears of sessions that are over; nothing where nobody asked for them. */
  get #captured(): Arena['captured'] {
    if (this.#plan.profile.captures !== 'all') return undefined;
    return (trace) => this.#tell({ kind: 'captured', trace });
  }

  result(stopped: Ending | null): FuzzResult {
    const begun = this.#begun();
    const ending = endingOf(begun.state, { ...this.#plan, stopped });
    return { ...begun, url: this.#url, ending };
  }

  async #playSeeds(target: FuzzTarget): Promise<void> {
    const { seeds, signal, budget } = this.#plan;
    if (seeds.length === 0) return;
    const played = await replaySeeds(target, seeds, { signal, ms: budget.ms * seedsShare });
    for (const finding of played.findings) this.#tell({ kind: 'finding', finding });
    const { messages, findings, elapsedMs } = played;
    this.#before = merged([this.#before, { ...nothingYet, messages, findings, elapsedMs }]);
    const shown = findings.length === 0 ? 'nothing is found' : `findings: ${findings.length}`;
    const text = `replayed ${played.played} of ${seeds.length} stored seeds first: ${shown}`;
    this.#tell({ kind: 'note', text });
  }

  async #possibleWorkers(target: FuzzTarget): Promise<number> {
    const { workers, entry, profile } = this.#plan;
    if (workers === 1 || entry === null) return 1;
    const listens = profile.target.kind === 'listen';
    const shared = profile.target.kind === 'address';
    if (!listens && (!shared || (await servesSeveral(target)))) return workers;
    const why = listens ? 'one address is listened at' : 'the target serves one client at a time';
    this.#tell({ kind: 'note', text: `one worker only: ${why}` });
    return 1;
  }

  async #alone(
    target: FuzzTarget,
    hear: (state: CampaignState, sessions: readonly number[]) => void,
  ): Promise<CrewResult> {
    const { signal, shard, budget } = this.#plan;
    target.until(systemClock.nowMs() + budget.ms);
    const state = await campaign({
      ...this.#common(0),
      signal,
      shard,
      budget,
      arena: target.arena,
      care: target.care,
      found: (finding) => this.#tell({ kind: 'finding', finding }),
      tell: (state) => hear(state, [state.sessions]),
    });
    hear(state, [state.sessions]);
    return { state, sessions: [state.sessions] };
  }

  #threads(
    target: FuzzTarget,
    workers: number,
    hear: (state: CampaignState, sessions: readonly number[]) => void,
  ): Promise<CrewResult> {
    const { profile, signal, entry } = this.#plan;
    if (entry === null) throw new HarnessError('internal', 'threads need a module to run');
    const { replyMs } = target.arena;
    const jobs = Array.from({ length: workers }, (_, at) => ({
      ...this.#common(at),
      ...shareOf({ ...this.#plan, workers }, at),
      profile: { ...sharedProfile(profile, workers), replyMs },
      shares: profile.target.kind === 'address',
    }));
    const found = (finding: Finding) => this.#tell({ kind: 'finding', finding });
    const captured = this.#captured;
    return campaignInThreads({
      entry,
      jobs,
      signal,
      care: target.care,
      tell: hear,
      found,
      captured,
    });
  }

  /** What every campaign of this run is planned with. */
  #common(worker: number) {
    const { protocol, profile, seed, feedback, shrinking, begun } = this.#plan;
    const { messages, findings } = this.#before;
    const known = findings.map((finding) => ({ ...finding, times: 0 }));
    const sessions = begun.sessions[worker] ?? Math.max(0, ...begun.sessions);
    return {
      seed,
      feedback,
      shrinking,
      restraint: restraintOf(protocol, profile),
      begun: { sessions, messages, findings: known, triples: begun.state.triples },
    } satisfies Partial<CampaignPlan>;
  }

  /** All so far, with what went before. */
  #begun(): Begun {
    const { state, sessions } = this.#now;
    const leak = this.#leak === null ? [] : [this.#leak];
    const here = { ...state, findings: [...state.findings, ...leak] };
    const before = this.#plan.begun.sessions;
    const count = Math.max(before.length, sessions.length);
    return {
      state: {
        ...merged([{ ...this.#before, health: 'well', fresh: 0 }, here]),
        health: state.health,
      },
      sessions: Array.from(
        { length: count },
        (_, at) => (before[at] ?? Math.max(0, ...before)) + (sessions[at] ?? 0),
      ),
    };
  }
}
