import { Worker } from 'node:worker_threads';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Trace } from '#src/contract/trace.ts';
import { merged, nothingYet } from './merge.ts';
import type { Care } from './target-care.ts';
import type { FromWorker, Job, Progress, ToWorker } from './worker.ts';

/** Longest wait for a thread that was told to stop, ms. */
const stopMs = 10_000;

/** A campaign in several threads. */
export interface CrewPlan {
  /** The module that a thread runs: it calls `work` with its `workerData`. */
  readonly entry: URL;
  readonly jobs: readonly Job[];
  readonly signal: AbortSignal;
  /** Brings the target back that all of them talk to. */
  readonly care: Care;
  readonly tell: (state: CampaignState, sessions: readonly number[]) => void;
  readonly found: (finding: Finding) => void;
  /** Given each session of theirs, where their profile wants all of them. */
  readonly captured?: ((trace: Trace) => void) | undefined;
}

/** What all threads came to, and how many sessions each walked. */
export interface CrewResult {
  readonly state: CampaignState;
  readonly sessions: readonly number[];
}

/** Runs each job in a thread of its own until all are done; a fault of one ends all. */
export async function campaignInThreads(plan: CrewPlan): Promise<CrewResult> {
  const crew = new Crew(plan);
  return crew.run();
}

class Crew {
  readonly #plan: CrewPlan;
  readonly #parts: CampaignState[];
  readonly #workers: Worker[] = [];
  readonly #threads: Promise<void>[] = [];
  /** The thread that goes on alone, once the target of all has fallen. */
  #last: number | null = null;

  constructor(plan: CrewPlan) {
    this.#plan = plan;
    this.#parts = plan.jobs.map(() => nothingYet);
  }

  async run(): Promise<CrewResult> {
    const { signal, jobs } = this.#plan;
    const over = new AbortController();
    const stop = () => {
      this.#tellAll({ kind: 'stop' });
      void this.#endLate(over.signal);
    };
    signal.addEventListener('abort', stop);
    try {
      this.#threads.push(...jobs.map((job, at) => this.#thread(job, at)));
      await Promise.all(this.#threads);
    } finally {
      signal.removeEventListener('abort', stop);
      over.abort();
      await this.#end();
    }
    return { state: this.#state(), sessions: this.#sessions() };
  }

  #thread(job: Job, at: number): Promise<void> {
    const worker = new Worker(this.#plan.entry, { workerData: job });
    this.#workers.push(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (said: FromWorker) => {
        if (said.kind === 'done') this.#settle(at, said);
        else if (said.kind !== 'failed') this.#hear(at, said, worker);
        /** A thread that was stopped while it began has nothing to tell. */
        const isOver = said.kind === 'done' || this.#plan.signal.aborted;
        if (said.kind === 'failed' && !isOver) reject(new HarnessError(said.code, said.message));
        if (said.kind === 'failed' || said.kind === 'done') resolve();
      });
      worker.on('error', (cause) => {
        const message = `a thread broke: ${cause instanceof Error ? cause.message : String(cause)}`;
        reject(new HarnessError('internal', message, { cause }));
      });
      worker.on('exit', () => resolve());
    });
  }

  #hear(at: number, said: Exclude<FromWorker, { kind: 'done' | 'failed' }>, worker: Worker): void {
    switch (said.kind) {
      case 'progress':
        this.#add(at, said.progress);
        return this.#plan.tell(this.#state(), this.#sessions());
      case 'found': {
        const { messages } = this.#state();
        const finding = { ...said.finding, messagesToDetection: messages };
        const part = this.#parts[at] ?? nothingYet;
        const others = part.findings.filter(({ id }) => id !== finding.id);
        const known = part.findings.find(({ id }) => id === finding.id);
        const kept =
          known === undefined
            ? finding
            : { ...finding, messagesToDetection: known.messagesToDetection };
        this.#parts[at] = { ...part, findings: [...others, kept] };
        this.#plan.tell(this.#state(), this.#sessions());
        return this.#plan.found(kept);
      }
      case 'captured':
        return this.#plan.captured?.(said.trace);
      case 'revive':
        void this.#answer(at, worker);
    }
  }

  #settle(at: number, { progress, findings }: Extract<FromWorker, { kind: 'done' }>): void {
    const told = new Map((this.#parts[at] ?? nothingYet).findings.map((one) => [one.id, one]));
    this.#add(at, progress);
    const kept = findings.map((finding) => {
      const { messagesToDetection } = told.get(finding.id) ?? finding;
      return { ...finding, messagesToDetection };
    });
    this.#parts[at] = { ...(this.#parts[at] ?? nothingYet), findings: kept };
  }

  #add(at: number, progress: Progress): void {
    const before = this.#parts[at] ?? nothingYet;
    this.#parts[at] = {
      ...progress,
      findings: before.findings,
      triples: before.triples.union(progress.triples),
      states: before.states.union(progress.states),
      transitions: before.transitions.union(progress.transitions),
    };
  }

  /**
   * The target fell. Threads cannot tell whose doing it was while others go on: the first one that
   * asks goes on alone, with what the others leave undone.
   */
  async #answer(at: number, worker: Worker): Promise<void> {
    if (this.#last !== null && this.#last !== at) return;
    const moreMessages = this.#last === null ? await this.#dismissOthers(at) : 0;
    const said: ToWorker = { kind: 'revived', ok: await this.#revive(), moreMessages };
    worker.postMessage(said, []);
  }

  async #dismissOthers(last: number): Promise<number> {
    this.#last = last;
    const others = this.#plan.jobs.map((job, at) => ({ job, at })).filter(({ at }) => at !== last);
    for (const { at } of others) this.#tell(at, { kind: 'stop' });
    await Promise.all(others.map(({ at }) => this.#threads[at]));
    const left = ({ job, at }: (typeof others)[number]) =>
      Math.max(0, job.budget.messages - (this.#parts[at] ?? nothingYet).messages);
    return others.reduce((sum, one) => sum + left(one), 0);
  }

  async #revive(): Promise<boolean> {
    const { care } = this.#plan;
    try {
      if ((await care.probe()) !== 'well') await care.revive();
      return true;
    } catch (fault) {
      if (fault instanceof HarnessError && fault.code === 'unreachable') return false;
      throw fault;
    }
  }

  /** Ends threads that do not stop by themselves. */
  async #endLate(over: AbortSignal): Promise<void> {
    await systemClock.sleep(stopMs, over);
    if (!over.aborted) await this.#end();
  }

  #state(): CampaignState {
    const state = merged(this.#parts);
    return {
      ...state,
      elapsedMs: Math.max(0, ...this.#parts.map((part) => part.elapsedMs)),
      restarts: state.restarts + this.#plan.care.restarts,
    };
  }

  #sessions(): readonly number[] {
    return this.#parts.map(({ sessions }) => sessions);
  }

  #tellAll(said: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(said, []);
  }

  #tell(at: number, said: ToWorker): void {
    this.#workers[at]?.postMessage(said, []);
  }

  async #end(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}
