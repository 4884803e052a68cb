import type { CampaignState } from '#src/contract/finding.ts';
import { campaign, type CampaignPlan } from '#src/fuzz/campaign.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import type { Arena } from '#src/fuzz/walker.ts';
import { host } from '#src/play/host.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { arenaOf, loopback, serverCasting } from './speed-arena.ts';
import { contend, type Contestant, type Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const messagesARound = 20_000;

/**
 * A whole campaign, as `fuzz` runs it, over TCP against the reference server: what its deviations
 * cost.
 */
export async function campaignOutcome(recording: Recording, signal: AbortSignal): Promise<Outcome> {
  await using listener = await host(serverCasting(recording), loopback, () => {});
  const arena = arenaOf(recording, (limitMs) => connectTcp(listener, limitMs));
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
    const budget = { messages: messagesARound, ms: Number.MAX_SAFE_INTEGER };
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
