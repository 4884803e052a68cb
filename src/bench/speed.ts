import type { Protocol } from '#src/contract/protocol.ts';
import { callOutcomes } from './speed-calls.ts';
import { campaignOutcome } from './speed-campaign.ts';
import { chartContest } from './speed-chart.ts';
import { codecContests } from './speed-codec.ts';
import { contend, isReached, type Outcome } from './speed-contest.ts';
import { inProcessContests } from './speed-in-process.ts';
import { headingLine, outcomeLine } from './speed-lines.ts';
import { memoryOutcome } from './speed-memory.ts';
import { messageOutcomes } from './speed-messages.ts';
import { proxyOutcomes } from './speed-proxy.ts';
import { recordSession, type Recording } from './speed-recording.ts';
import { socketOutcomes } from './speed-socket.ts';
import { workOutcomes } from './speed-work.ts';
import { workersContest } from './speed-workers.ts';

/** What is measured. */
export interface SpeedPlan {
  readonly protocols: readonly Protocol[];
  /** The module that a thread of a campaign runs. */
  readonly entry: URL;
  /** The module of the thread that judges what a proxy passes on. */
  readonly judges: URL;
  /** Messages of the campaign whose memory is watched; more than 100,000. */
  readonly memoryMessages: number;
  /** Aborted on Ctrl-C: what is measured by then is told. */
  readonly signal: AbortSignal;
}

/** What came of it, in the order in which it was measured. */
export interface Speed {
  readonly outcomes: readonly (Outcome & { readonly protocol: string })[];
  /** True where every ratio is within its bounds. */
  readonly reached: boolean;
}

/** Measures how fast the harness is, as ratios of this one run, and tells each as it comes. */
export async function benchSpeed(tell: (line: string) => void, plan: SpeedPlan): Promise<Speed> {
  const outcomes: (Outcome & { readonly protocol: string })[] = [];
  for (const protocol of plan.protocols) {
    const { signal } = plan;
    const recording = await recordSession(protocol, signal);
    tell(`${protocol.model.title}: a session of ${recording.frames} frames`);
    tell(headingLine);
    for (const measure of measures(recording, plan)) {
      const measured = signal.aborted ? [] : await measure();
      /** What was cut short means nothing. */
      for (const outcome of signal.aborted ? [] : measured) {
        outcomes.push({ protocol: protocol.name, ...outcome });
        tell(outcomeLine(outcome));
      }
    }
  }
  return { outcomes, reached: outcomes.length > 0 && outcomes.every(isReached) };
}

/** Threads warm up by themselves, in each round. */
const inThreads = { rounds: 3, warmUps: 0 } as const;

type Measure = () => Promise<readonly Outcome[]>;

function measures(
  recording: Recording,
  { entry, judges, memoryMessages, signal }: SpeedPlan,
): readonly Measure[] {
  const most = recording.protocol.baseline?.goals.memoryMessages ?? memoryMessages;
  const messages = Math.min(memoryMessages, most);
  const contests = [
    chartContest(recording),
    ...codecContests(recording),
    ...inProcessContests(recording),
  ];
  return [
    ...contests.map((contest) => async () => [await contend(contest)]),
    () => exchangeOutcomes(recording),
    () => proxyOutcomes(recording, { judges, signal }),
    async () => [await campaignOutcome(recording, signal)],
    async () => [await contend(workersContest(recording, { entry, signal }), inThreads)],
    async () => [await memoryOutcome(recording, { messages, signal })],
    ...workOutcomes(recording.protocol, signal).map((measure) => async () => [await measure()]),
  ];
}

/** Over sockets: against what anybody has who says the same. */
function exchangeOutcomes(recording: Recording): Promise<readonly Outcome[]> {
  const round = recording.protocol.baseline?.round;
  switch (round?.kind) {
    case 'calls':
      return callOutcomes(recording, round);
    case 'messages':
      return messageOutcomes(recording, round);
    case undefined:
      return socketOutcomes(recording);
  }
}
