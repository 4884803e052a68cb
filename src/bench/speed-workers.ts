import type { CampaignState } from '#src/contract/finding.ts';
import type { Profile } from '#src/contract/target.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import { campaignInThreads } from '#src/fuzz/workers.ts';
import { referenceProfile } from './reference-profile.ts';
import { perSecond, untendedPlan } from './speed-campaign.ts';
import type { Contest } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** How long the threads of one round walk, and how long before it counts: code gets warm, ms. */
const roundMs = 8000;
const warmMs = 3000;

/** What the threads are run with. */
interface Crew {
  /** The module that a thread runs. */
  readonly entry: URL;
  readonly signal: AbortSignal;
}

/** Campaigns in two threads against one, each thread against a reference server of its own. */
export function workersContest(recording: Recording, crew: Crew): Contest {
  const { protocol, server: side } = recording;
  const chosen = { side, readings: {}, replyMs: null, mutant: null };
  const profile = referenceProfile(protocol, chosen);
  return {
    what: 'a campaign in two threads',
    against: 'in one thread',
    reach: { least: 1.8 },
    ours: () => warmSpeed(profile, 2, crew),
    theirs: () => warmSpeed(profile, 1, crew),
  };
}

/** Messages a second of so many threads together, once they are warm. */
async function warmSpeed(profile: Profile, of: number, crew: Crew): Promise<number> {
  const { care, ...plan } = untendedPlan(false);
  const jobs = Array.from({ length: of }, (_, index) => ({
    ...plan,
    profile,
    seed: 1,
    shard: { index, of },
    budget: { messages: Number.MAX_SAFE_INTEGER, ms: roundMs },
    maxMessagesPerSecond: null,
    shares: false,
  }));
  let warm: CampaignState | null = null;
  const tell = (now: CampaignState) => {
    if (now.elapsedMs >= warmMs) warm ??= now;
  };
  const { state } = await campaignInThreads({ ...crew, jobs, care, tell, found: () => {} });
  const { messages, elapsedMs } = warm ?? nothingYet;
  return perSecond({
    ...state,
    messages: state.messages - messages,
    elapsedMs: state.elapsedMs - elapsedMs,
  });
}
