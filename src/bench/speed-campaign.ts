import type { CampaignState } from '#src/contract/finding.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import type { Arena } from '#src/fuzz/walker.ts';
import { host } from '#src/play/host.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { arenaOf, serverCasting } from './speed-arena.ts';
import { contend, type Contestant, type Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const loopback = { host: '127.0.0.1', port: 0 } as const;
const campaignMessages = 20_000;
const forEver = new AbortController().signal;

/**
 * A whole campaign, as `fuzz` runs it, over TCP against the reference server: what its deviations
 * cost.
 */
export async function campaignOutcome(recording: Recording): Promise<Outcome> {
  await using listener = await host(serverCasting(recording), loopback, () => {});
  const arena = arenaOf(recording, (limitMs) => connectTcp(listener, limitMs));
  return await contend({
    what: 'a campaign over TCP, with deviations',
    against: 'of legal steps alone',
    reach: null,
    ours: campaigning(arena, false),
    theirs: campaigning(arena, true),
  });
}

/** Each round is a campaign of its own. */
function campaigning(arena: Arena, safe: boolean): Contestant {
  let seed = 0;
  return async () => {
    seed += 1;
    const state = await shortCampaign(arena, { seed, safe, messages: campaignMessages });
    return (state.messages * 1000) / state.elapsedMs;
  };
}

/** A campaign against a side that is right and needs no care. */
export function shortCampaign(
  arena: Arena,
  plan: { readonly seed: number; readonly safe: boolean; readonly messages: number },
  tell: (state: CampaignState) => void = () => {},
): Promise<CampaignState> {
  const { seed, safe, messages } = plan;
  return campaign({
    arena,
    seed,
    shard: { index: 0, of: 1 },
    budget: { messages, ms: Number.MAX_SAFE_INTEGER },
    feedback: true,
    restraint: { safe, never: [], absent: [] },
    shrinking: { replays: 0, ms: 0 },
    signal: forEver,
    care: { alone: true, restarts: 0, probe: async () => 'well', revive: async () => {} },
    begun: { sessions: 0, messages: 0, findings: [], triples: new Set() },
    tell,
    found: () => {},
  });
}
