import type { CampaignState } from '#src/contract/finding.ts';
import type { Profile } from '#src/contract/target.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import { campaignInThreads } from '#src/fuzz/workers.ts';
import type { Contest, Contestant } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** How long the threads of one round walk, and how long before it counts: code gets warm, ms. */
const roundMs = 8000;
const warmMs = 3000;
const forEver = new AbortController().signal;

/** Campaigns in two threads against one, each against a reference server of its own. */
export function workersContest(recording: Recording, entry: URL): Contest {
  return {
    what: 'a campaign in two threads',
    against: 'in one thread',
    reach: { least: 1.8 },
    ours: threads(recording, entry, 2),
    theirs: threads(recording, entry, 1),
  };
}

/** Messages a second of so many threads together, once they are warm. */
function threads(recording: Recording, entry: URL, count: number): Contestant {
  return async () => {
    const jobs = Array.from({ length: count }, (_, index) => ({
      profile: profileOf(recording),
      seed: 1,
      shard: { index, of: count },
      budget: { messages: Number.MAX_SAFE_INTEGER, ms: roundMs },
      feedback: true,
      restraint: { safe: false, never: [], absent: [] },
      shrinking: { replays: 0, ms: 0 },
      begun: { sessions: 0, messages: 0, findings: [], triples: new Set<string>() },
      maxMessagesPerSecond: null,
      shares: false,
    }));
    let warm: CampaignState | null = null;
    const { state } = await campaignInThreads({
      entry,
      jobs,
      signal: forEver,
      care: { alone: true, restarts: 0, probe: async () => 'well', revive: async () => {} },
      tell(now) {
        if (now.elapsedMs >= warmMs) warm ??= now;
      },
      found: () => {},
    });
    const { messages, elapsedMs } = warm ?? nothingYet;
    return ((state.messages - messages) * 1000) / (state.elapsedMs - elapsedMs);
  };
}

function profileOf({ protocol, server: side }: Recording): Profile {
  return {
    name: protocol.name,
    protocol: protocol.name,
    target: { kind: 'reference', mutant: null },
    side,
    dialect: protocol.defaultDialect,
    readings: {},
    options: {},
    replyMs: null,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}
