import { describe, expect, it } from 'vitest';
import { campaignKill, plainPlan } from '#src/bench/kill-campaign.ts';
import { referenceProfile } from '#src/bench/reference-profile.ts';
import { seedsFor, storedSeeds } from '#src/cli/fuzz-seeds.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import { replaySeeds } from '#src/fuzz/seeds-first.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { kmip } from '#src/protocols/kmip/index.ts';

const { signal } = new AbortController();
/** For an answer of a side that always answers: only a busy machine takes long. */
const replyMs = 10_000;

function open(side: string, dialect: string) {
  const profile = referenceProfile(kmip, { side, mutant: null, readings: {}, replyMs });
  const about = { protocol: kmip, seed: 5, signal, maxMessagesPerSecond: null };
  return openFuzzTarget({ ...about, profile: { ...profile, dialect } });
}

describe('a campaign of KMIP', () => {
  it.each([
    ['server', 'kmip/ttlv', ['exchange.refusing', 'exchange.undoing', 'one.compromised']],
    ['server', 'kmip/json', ['exchange.refusing']],
    ['server', 'kmip/xml', ['exchange.refusing']],
    ['server', 'kmip/http', ['exchange.refusing']],
    ['client', 'kmip/ttlv', ['exchange.ended', 'one.active']],
  ])(
    'finds nothing at a correct %s that speaks %s, and comes to where errors lead',
    async (side, dialect, places) => {
      await using target = await open(side, dialect);
      const messages = dialect === 'kmip/ttlv' ? 2500 : 800;
      const plan = plainPlan(target, { seed: 5, budget: { messages, ms: 40_000 }, feedback: true });
      const { findings, states, ...came } = await campaign(plan);
      expect(findings.map(({ explanation }) => explanation)).toEqual([]);
      expect(came.messages).toBeGreaterThan(300);
      expect([...states]).toEqual(expect.arrayContaining(places));
    },
    60_000,
  );

  it.each(['server-version-other', 'server-continue-stops', 'server-undo-stops'])(
    'finds %s, shrinks it, and shows it again',
    async (id) => {
      const mutant = kmip.mutants.find((row) => row.id === id);
      if (mutant === undefined) throw new TypeError(`there is no mutant '${id}'`);
      const budget = { messages: 6000, ms: 40_000 };
      const kill = await campaignKill(kmip, mutant, { seed: 1, budget, feedback: true });
      expect(kill.named).toContain(mutant.breaks.id);
      expect(kill.minimalMessages).toBeLessThan(12);
      expect(kill.replayed).toEqual({ shown: 20, of: 20 });
    },
    60_000,
  );

  it.each([
    ['server', 20],
    ['client', 2],
  ] as const)(
    'has stored findings of mutants that show nothing in our own %s',
    async (side, least) => {
      const { seeds, problems } = storedSeeds(['seeds'], kmip);
      expect(problems).toEqual([]);
      await using target = await open(side, 'kmip/ttlv');
      const profile = referenceProfile(kmip, { side, mutant: null, readings: {}, replyMs });
      const fitting = seedsFor(seeds, profile);
      expect(fitting.length).toBeGreaterThan(least);
      const played = await replaySeeds(target, fitting, { ms: 200_000, signal });
      expect(played).toMatchObject({ played: fitting.length, findings: [] });
    },
    240_000,
  );
});
