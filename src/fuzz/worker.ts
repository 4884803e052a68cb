import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import { campaign, type Budget, type CampaignPlan } from './campaign.ts';
import { openFuzzTarget, type FuzzTarget } from './target.ts';
import type { Care } from './target-care.ts';

/** What one thread does of a campaign; plain, so that it can be handed over. */
export interface Job extends Pick<
  CampaignPlan,
  'seed' | 'shard' | 'feedback' | 'restraint' | 'shrinking' | 'begun'
> {
  readonly profile: Profile;
  readonly budget: Budget;
  /** True where all threads talk to one target: the main thread brings it back. */
  readonly shares: boolean;
}

/** How far a thread is: sets hold what is new since it was told last, findings are told apart. */
export type Progress = CampaignState;

/** What a thread tells. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'captured'; readonly trace: Trace }
  | { readonly kind: 'revive' }
  | { readonly kind: 'done'; readonly progress: Progress; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly code: HarnessError['code']; readonly message: string };

/** What a thread is told. */
export type ToWorker =
  | { readonly kind: 'stop' }
  /** The target is back, and nobody else talks to it: what others left undone is to do as well. */
  | { readonly kind: 'revived'; readonly ok: boolean; readonly moreMessages: number };

/** Progress is told so often at most, ms. */
const tellMs = 200;

/** Does a job, and tells of it; a fault is told as well. */
export async function work(
  protocols: readonly Protocol[],
  job: Job,
  port: MessagePort,
): Promise<void> {
  const tell = (said: FromWorker) => port.postMessage(said, []);
  try {
    await run(protocols, job, { port, tell });
  } catch (fault) {
    const code = fault instanceof HarnessError ? fault.code : 'internal';
    tell({ kind: 'failed', code, message: fault instanceof Error ? fault.message : String(fault) });
  }
}

interface Line {
  readonly port: MessagePort;
  readonly tell: (said: FromWorker) => void;
}

async function run(protocols: readonly Protocol[], job: Job, { port, tell }: Line): Promise<void> {
  const protocol = protocols.find(({ name }) => name === job.profile.protocol);
  if (protocol === undefined) throw new HarnessError('internal', 'no such protocol');
  const stop = new AbortController();
  const answers: ((ok: boolean) => void)[] = [];
  let { messages } = job.budget;
  port.on('message', (said: ToWorker) => {
    if (said.kind === 'stop') stop.abort();
    else messages += said.moreMessages;
    for (const answer of answers.splice(0)) answer(said.kind === 'revived' && said.ok);
  });
  const askedBack = async () => {
    if (stop.signal.aborted) return false;
    const back = new Promise<boolean>((resolve) => answers.push(resolve));
    tell({ kind: 'revive' });
    return back;
  };
  const { signal } = stop;
  await using target = await openFuzzTarget({
    ...job,
    protocol,
    signal,
    isKnownSane: job.shares,
    captured:
      job.profile.captures === 'all'
        ? (trace) => tell({ kind: 'captured', trace: alone(trace) })
        : undefined,
  });
  target.until(systemClock.nowMs() + job.budget.ms);
  const news = newsIn();
  let toldMs = 0;
  const state = await campaign({
    ...job,
    arena: target.arena,
    budget: {
      ms: job.budget.ms,
      get messages() {
        return messages;
      },
    },
    signal,
    care: job.shares ? sharedCare(target, askedBack) : target.care,
    found: (finding) => tell({ kind: 'found', finding }),
    tell(state) {
      if (state.elapsedMs - toldMs < tellMs && state.health === 'well') return;
      toldMs = state.elapsedMs;
      tell({ kind: 'progress', progress: news(state) });
    },
  });
  tell({ kind: 'done', progress: news(state), findings: state.findings });
}

/** A trace whose bytes lie in no larger buffer: that would be handed over as well. */
function alone(trace: Trace): Trace {
  const events = trace.events.map((event) =>
    'bytes' in event ? { ...event, bytes: event.bytes.slice() } : event,
  );
  return { ...trace, events };
}

/** Care for a target that other threads talk to as well, until it falls for the first time. */
function sharedCare({ care }: FuzzTarget, askedBack: () => Promise<boolean>): Care {
  let falls = 0;
  return {
    get alone() {
      return falls > 1;
    },
    restarts: 0,
    probe: () => care.probe(),
    async revive() {
      falls += 1;
      if (!(await askedBack())) throw new HarnessError('unreachable', 'it did not come back');
    },
  };
}

/** Leaves out what was told before: sets only grow, in the order of what came. */
function newsIn(): (state: CampaignState) => Progress {
  const told = { triples: 0, states: 0, transitions: 0 };
  const fresh = (state: CampaignState, name: keyof typeof told) => {
    const added = [...state[name]].slice(told[name]);
    told[name] = state[name].size;
    return new Set(added);
  };
  return (state) => ({
    ...state,
    triples: fresh(state, 'triples'),
    states: fresh(state, 'states'),
    transitions: fresh(state, 'transitions'),
    findings: [],
  });
}
