import type { CampaignState } from '#src/contract/finding.ts';
import { campaign, type CampaignPlan } from '#src/fuzz/campaign.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import type { Arena } from '#src/fuzz/walker.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { referenceProfile } from './reference-profile.ts';
import { arenaOf } from './speed-arena.ts';
import { contend, type Contestant, type Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** A round is over after so many messages, or so long. */
const messagesARound = 20_000;
const msARound = 4000;
const reachSeed = 7;

/**
 * A whole campaign, as `fuzz` runs it, over TCP against the reference server: what its deviations
 * cost.
 */
export async function campaignOutcome(recording: Recording, signal: AbortSignal): Promise<Outcome> {
  const { protocol, server: side } = recording;
  const chosen = { side, readings: {}, replyMs: null, mutant: null };
  await using reach = await reachTarget(protocol, referenceProfile(protocol, chosen), reachSeed);
  const arena = arenaOf(recording, reach.link);
  return await contend({
    what: 'a campaign over TCP, with deviations',
    against: 'of legal steps alone',
    reach: null,
    ours: campaigning(arena, signal, { safe: false }),
    theirs: campaigning(arena, signal, { safe: true }),
  });
}

/** Each round is a campaign of its own. */
function campaigning(
  arena: Arena,
  signal: AbortSignal,
  { safe }: { readonly safe: boolean },
): Contestant {
  let seed = 0;
  return async () => {
    seed += 1;
    const budget = { messages: messagesARound, ms: msARound };
    const plan = { ...untendedPlan(safe), seed, budget, shard: { index: 0, of: 1 } };
    const state = await campaign({ ...plan, arena, signal, tell: () => {}, found: () => {} });
    return perSecond(state);
  };
}

/** Messages a second of a campaign. */
export function perSecond({ messages, elapsedMs }: CampaignState): number {
  return (messages * 1000) / elapsedMs;
}

/** How a campaign is planned against a side that is right and needs no care. */
export function untendedPlan(safe: boolean) {
  return {
    feedback: true,
    restraint: { safe, never: [], absent: [] },
    shrinking: { replays: 0, ms: 0 },
    begun: nothingYet,
    care: { alone: true, restarts: 0, probe: async () => 'well', revive: async () => {} },
  } satisfies Partial<CampaignPlan>;
}
