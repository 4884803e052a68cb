import { describe, expect, it } from 'vitest';
import { correctPeers } from '#src/bench/kill-correct.ts';
import type { KillJob } from '#src/bench/kill-job.ts';
import { rowOf } from '#src/bench/kill-worker.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { mutantJob } from './kill-rows.ts';

const against = (mutant: string, change: Parameters<typeof mutantJob>[1] = {}) =>
  rowOf([qosst], mutantJob(mutant, { protocol: 'qosst', ...change }));

/** A campaign against what is said to be right. */
function correct(protocol: Protocol, peer: Extract<KillJob, { kind: 'correct' }>['peer']) {
  const job = { kind: 'correct', protocol: 'qosst', peer, seed: 1 } as const;
  return rowOf([protocol], { ...job, messages: 300, feedback: true });
}

describe('a mutant', () => {
  it.each(['alice-accepts-any-version', 'bob-skips-identification'])(
    '%s is killed by suite and campaign for what it breaks, by its shortest trace',
    async (id) => {
      const row = await against(id, { seeds: [1, 2] });
      const mutant = qosst.mutants.find((one) => one.id === id);
      expect(row).toMatchObject({
        kind: 'mutant',
        mutant: id,
        breaks: mutant?.breaks.id,
        suite: { right: true, because: null },
        campaigns: [1, 2].map((seed) => ({
          seed,
          rightFirst: true,
          minimalMessages: mutant?.shortest,
          replayed: { shown: 20, of: 20 },
          because: null,
        })),
      });
    },
  );

  it('that the campaign has no time for survives it', async () => {
    const budget = { messages: 1, ms: 20_000 };
    const row = await against('alice-loses-a-symbol', { budget, suite: false });
    expect(row).toMatchObject({
      suite: null,
      campaigns: [{ detectedAfter: null, rightFirst: false, named: [], replayed: null }],
    });
  });

  it('that cannot even greet survives the suite: there is no verdict', async () => {
    const row = await against('alice-swaps-lengths', { seeds: [] });
    expect(row).toMatchObject({
      suite: { killer: null, because: expect.stringMatching(/^the sanity exchange failed/) },
    });
  });

  it('that is unknown is a fault', async () => {
    const row = await against('alice-is-perfect');
    expect(row).toMatchObject({
      kind: 'fault',
      message: "qosst has no mutant 'alice-is-perfect'",
    });
  });
});

describe('a side that is right', () => {
  it.each(qosst.model.sides)('%s raises no alarm', async (side) => {
    const row = await correct(qosst, { side, reading: null, told: true });
    expect(row).toMatchObject({ kind: 'correct', alarms: [] });
  });

  it('raises none where it follows another reading, and the profile says so', async () => {
    const reading = { key: 'unlistedMembers', name: 'refused' };
    const row = await correct(qosst, { side: 'alice', reading, told: true });
    expect(row).toMatchObject({ alarms: [] });
  });

  it('raises one where it is wrong after all', async () => {
    const wrong = qosst.mutants.find(({ id }) => id === 'alice-accepts-any-version');
    if (wrong === undefined) throw new TypeError('there is no such mutant');
    const protocol = { ...qosst, sides: { ...qosst.sides, alice: wrong.record } };
    const row = await correct(protocol, { side: 'alice', reading: null, told: true });
    expect(row).toMatchObject({
      alarms: expect.arrayContaining([
        expect.objectContaining({ requirement: 'qosst/versionRefused' }),
      ]),
    });
  });

  it('is each side as assumed, and under each other open reading, pinned and not', () => {
    const rows = Object.values(qosst.model.ambiguities).flatMap(({ assumed, readings }) =>
      Object.entries(readings).filter(([name]) => name !== assumed),
    );
    const open = rows.filter(([, { standing }]) => standing === 'open').length;
    const peers = correctPeers(qosst);
    expect(open).toBeLessThan(rows.length);
    expect(peers).toHaveLength(2 * (1 + 2 * open));
    expect(peers.slice(0, 2).map(({ side }) => side)).toEqual(qosst.model.sides);
    expect(new Set(peers.map((peer) => JSON.stringify(peer))).size).toBe(peers.length);
  });
});
