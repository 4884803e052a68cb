import type { Profile } from '#src/contract/target.ts';
import { campaignInThreads } from '#src/fuzz/workers.ts';
import type { Contest, Contestant } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** How long the threads of one round walk, ms. */
const roundMs = 4000;
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

/** Messages a second of so many threads together; how long they take to start is left out. */
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
      begun: { sessions: 0, messages: 0, findings: [] },
      maxMessagesPerSecond: null,
      shares: false,
    }));
    const { state } = await campaignInThreads({
      entry,
      jobs,
      signal: forEver,
      care: { alone: true, restarts: 0, probe: async () => 'well', revive: async () => {} },
      tell: () => {},
      found: () => {},
    });
    return (state.messages * 1000) / state.elapsedMs;
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
