import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Link } from '#src/transport/link.ts';
import { Experience } from '#src/fuzz/experience.ts';
import { replayTimes } from '#src/fuzz/replay-times.ts';
import { fuzz, never, open, protocol, reference } from './ground.ts';

/** The digest of everything that a campaign writes and reads, in order. */
async function bytesOf(seed: number, side = 'alice'): Promise<string> {
  await using target = await open(reference(side));
  const hash = createHash('sha256');
  const link = async (limitMs: number): Promise<Link> => {
    const inner = await target.arena.link(limitMs);
    return {
      ...inner,
      write(bytes) {
        hash.update(bytes);
        inner.write(bytes);
      },
    };
  };
  await fuzz({ care: target.care, arena: { ...target.arena, link } }, { seed });
  return hash.digest('hex');
}

describe('a campaign', () => {
  it.each(protocol.model.sides)('says the same bytes to %s for the same seed', async (side) => {
    expect(await bytesOf(1, side)).toBe(await bytesOf(1, side));
  });

  it('says other bytes for another seed', async () => {
    expect(await bytesOf(1)).not.toBe(await bytesOf(2));
  });

  it('says legal messages only in safe mode, and never what must not be said', async () => {
    await using target = await open(reference('alice'));
    const safe = {
      safe: true,
      never: ['changeParameterRequest'],
      absent: ['polarisationRecovery'],
    };
    const state = await fuzz(target, { restraint: safe });
    const told = [...state.triples].join('\n');
    expect(state.findings).toEqual([]);
    expect(state.messages).toBeGreaterThanOrEqual(2000);
    expect(told).not.toMatch(/content\/|frame\/|bytes\/|reconnect|repeat|changeParameter/);
    expect([...state.states]).not.toContain('polarisationRecovery.recovering');
    expect(state.states.size).toBeGreaterThan(15);
  });

  it('walks other sessions in another shard', async () => {
    await using target = await open(reference('alice'));
    const shards = [0, 1].map((index) => fuzz(target, { shard: { index, of: 2 } }));
    const [one, two] = await Promise.all(shards);
    expect(one?.triples).not.toEqual(two?.triples);
  });
});

describe('a planted fault', () => {
  const ids = ['alice-ignores-digest', 'alice-accepts-any-version'];
  const planted = protocol.mutants.filter(({ id }) => ids.includes(id));

  it('is among the mutants', () => expect(planted).toHaveLength(ids.length));

  it.each(planted.map((mutant) => [mutant.id, mutant] as const))(
    '%s is found, shrunk to its shortest trace, and shows 20 times of 20',
    async (id, mutant) => {
      await using target = await open(reference(mutant.side, id));
      const state = await fuzz(target, { budget: { messages: 4000, ms: 20_000 } });
      const right = state.findings.filter(({ requirement }) => requirement === mutant.breaks.id);
      expect(right).not.toEqual([]);
      expect(Math.min(...right.map((one) => one.minimalMessages))).toBeLessThanOrEqual(
        mutant.shortest,
      );
      const [first] = right;
      if (first === undefined) return;
      const replayed = await replayTimes(target, first, { times: 20, signal: never });
      expect(replayed).toMatchObject({ shown: 20, of: 20, otherwise: 0 });
    },
  );
});

describe('20,000 messages on our own sides', () => {
  it.each(protocol.model.sides)(
    'find nothing wrong with %s',
    { timeout: 300_000 },
    async (side) => {
      await using target = await open({ ...reference(side), replyMs: 1000 });
      const state = await fuzz(target, { budget: { messages: 20_000, ms: 100_000 } });
      const found = state.findings.map(({ explanation, steps }) => ({ explanation, steps }));
      expect(found).toEqual([]);
      expect(state.messages).toBeGreaterThanOrEqual(20_000);
    },
  );
});

describe('an experience', () => {
  it('goes on from the triples that an earlier run left', async () => {
    await using target = await open(reference('alice'));
    const position = target.arena.chart.initial(protocol.sessionInput(target.arena.settings));
    const step = { do: 'say', message: 'abort', variant: 0 } as const;
    const came = { kind: 'fine', heard: 'unexpectedCommand' } as const;
    const before = new Experience();
    expect(before.learn(position, step, came)).toBe(true);
    const after = new Experience(before.triples);
    expect(after.times(position, step)).toBe(1);
    expect(after.learn(position, step, came)).toBe(false);
    expect(after.learn(position, step, { ...came, heard: 'abortAck' })).toBe(true);
  });
});
