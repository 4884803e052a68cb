import { usedMemoryBytes } from '#src/base/used-memory.ts';
import { arenaOf, linkTo, serverRole } from './speed-arena.ts';
import { shortCampaign } from './speed-campaign.ts';
import type { Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const earlyMessages = 100_000;
const mostGrowth = 1.1;

/** What a campaign in this process holds after many messages, against early in it. */
export async function memoryOutcome(recording: Recording, messages: number): Promise<Outcome> {
  const role = serverRole(recording);
  const arena = arenaOf(recording, () => linkTo(role));
  let earlyBytes: number | null = null;
  let lateBytes = 0;
  const state = await shortCampaign(arena, { seed: 1, safe: false, messages }, (at) => {
    if (at.messages >= earlyMessages) earlyBytes ??= usedMemoryBytes();
    if (at.messages >= messages) lateBytes = usedMemoryBytes();
  });
  return {
    what: `memory after ${messages.toLocaleString('en')} messages`,
    against: `after ${earlyMessages.toLocaleString('en')}`,
    reach: { most: mostGrowth },
    ratio: lateBytes / (earlyBytes ?? Number.NaN),
    perSecond: (state.messages * 1000) / state.elapsedMs,
  };
}
