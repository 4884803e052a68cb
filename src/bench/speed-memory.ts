import { usedMemoryBytes } from '#src/base/used-memory.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import { arenaOf, linkTo, serverRole } from './speed-arena.ts';
import { perSecond, untendedPlan } from './speed-campaign.ts';
import type { Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const earlyMessages = 100_000;
const mostGrowth = 1.1;

/** What a campaign in this process holds after many messages, against early in it. */
export async function memoryOutcome(
  recording: Recording,
  { messages, signal }: { readonly messages: number; readonly signal: AbortSignal },
): Promise<Outcome> {
  const role = serverRole(recording);
  let earlyBytes: number | null = null;
  let lateBytes = 0;
  const state = await campaign({
    ...untendedPlan(false),
    arena: arenaOf(recording, () => linkTo(role)),
    seed: 1,
    shard: { index: 0, of: 1 },
    budget: { messages, ms: Number.MAX_SAFE_INTEGER },
    signal,
    found: () => {},
    tell(now) {
      if (now.messages >= earlyMessages) earlyBytes ??= usedMemoryBytes();
      if (now.messages >= messages) lateBytes = usedMemoryBytes();
    },
  });
  return {
    what: `memory after ${messages.toLocaleString('en')} messages`,
    against: `after ${earlyMessages.toLocaleString('en')}`,
    reach: { most: mostGrowth },
    ratio: lateBytes / (earlyBytes ?? Number.NaN),
    perSecond: perSecond(state),
  };
}
