import { describe, expect, it } from 'vitest';
import { campaignKill, plainPlan } from '#src/bench/kill-campaign.ts';
import { referenceProfile } from '#src/bench/reference-profile.ts';
import { seedsFor, storedSeeds } from '#src/cli/fuzz-seeds.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import { replaySeeds } from '#src/fuzz/seeds-first.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';

const { signal } = new AbortController();
/** For an answer of a side that always answers: only a busy machine takes long. */
const replyMs = 10_000;

function open(side: string) {
  const profile = referenceProfile(centralKms, { side, mutant: null, readings: {}, replyMs });
  const about = { protocol: centralKms, seed: 5, signal, maxMessagesPerSecond: null };
  return openFuzzTarget({ ...about, profile });
}

describe('a campaign of the central KMS socket', () => {
  it.each([
    ['central-kms', ['connection.connecting', 'connection.refused', 'connection.suspended']],
    ['sidecar', ['connection.doubtful', 'connection.stranded', 'inquiries.waiting']],
  ])(
    'finds nothing at a correct %s, and comes to where only what is bent leads',
    async (side, places) => {
      await using target = await open(side);
      const budget = { messages: 4000, ms: 40_000 };
      const plan = plainPlan(target, { seed: 5, budget, feedback: true });
      const { findings, states, messages } = await campaign(plan);
      expect(findings.map(({ explanation }) => explanation)).toEqual([]);
      expect(messages).toBeGreaterThan(1000);
      expect([...states]).toEqual(expect.arrayContaining(places));
    },
    240_000,
  );

  it.each(['kms-any-row-signature', 'kms-id-as-text', 'sidecar-signs-latin-1'])(
    'finds %s, shrinks it, and shows it again',
    async (id) => {
      const mutant = centralKms.mutants.find((row) => row.id === id);
      if (mutant === undefined) throw new TypeError(`there is no mutant '${id}'`);
      const budget = { messages: 6000, ms: 40_000 };
      const kill = await campaignKill(centralKms, mutant, { seed: 1, budget, feedback: true });
      expect(kill.named).toContain(mutant.breaks.id);
      expect(kill.minimalMessages).toBeLessThan(12);
      expect(kill.replayed).toEqual({ shown: 20, of: 20 });
    },
    240_000,
  );

  it.each(centralKms.model.sides)(
    'has stored findings of mutants that show nothing in our own %s',
    async (side) => {
      const { seeds, problems } = storedSeeds(['seeds'], centralKms);
      expect(problems).toEqual([]);
      await using target = await open(side);
      const fitting = seedsFor(
        seeds,
        referenceProfile(centralKms, { side, mutant: null, readings: {}, replyMs }),
      );
      expect(fitting.length).toBeGreaterThan(20);
      const played = await replaySeeds(target, fitting, { ms: 25_000, signal });
      expect(played).toMatchObject({ played: fitting.length, findings: [] });
    },
    240_000,
  );
});
