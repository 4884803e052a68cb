import { describe, expect, it } from 'vitest';
import { campaignKill, plainPlan } from '#src/bench/kill-campaign.ts';
import { referenceProfile } from '#src/bench/reference-profile.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';

const { signal } = new AbortController();
/** For an answer of a side that always answers: only a busy machine takes long. */
const replyMs = 10_000;

/** A campaign against one of our own sides. */
async function against(side: string, messages: number) {
  const profile = referenceProfile(etsi004, { side, mutant: null, readings: {}, replyMs });
  const about = { protocol: etsi004, seed: 5, signal, maxMessagesPerSecond: null };
  await using target = await openFuzzTarget({ ...about, profile });
  const budget = { messages, ms: 40_000 };
  return campaign(plainPlan(target, { seed: 5, budget, feedback: true }));
}

describe('a campaign of the push interface', () => {
  it('finds nothing at a correct QKD device, and hears its keys', { timeout: 60_000 }, async () => {
    const { findings, states, messages } = await against('qkd-device', 1500);
    expect(findings.map(({ explanation }) => explanation)).toEqual([]);
    expect(messages).toBeGreaterThan(300);
    expect([...states].filter((state) => state.endsWith('.acknowledging'))).not.toEqual([]);
  });

  it('finds nothing at correct KMSs, and pushes keys to them', { timeout: 60_000 }, async () => {
    const { findings, states, messages } = await against('kms', 600);
    expect(findings.map(({ explanation }) => explanation)).toEqual([]);
    expect(messages).toBeGreaterThan(200);
    expect([...states].filter((state) => state.endsWith('.acknowledging'))).not.toEqual([]);
  });

  it.each(['device-errors-without-status', 'kms-source-is-name'])(
    'finds %s, shrinks it, and shows it again',
    { timeout: 60_000 },
    async (id) => {
      const mutant = etsi004.mutants.find((row) => row.id === id);
      if (mutant === undefined) throw new TypeError(`there is no mutant '${id}'`);
      const budget = { messages: 4000, ms: 40_000 };
      const kill = await campaignKill(etsi004, mutant, { seed: 1, budget, feedback: true });
      expect(kill.named).toContain(mutant.breaks.id);
      expect(kill.minimalMessages).toBeLessThan(12);
      expect(kill.replayed?.shown).toBeGreaterThan(0);
    },
  );
});
