import { describe, expect, it } from 'vitest';
import { seedOf } from '#src/fuzz/seeds.ts';
import { reference, run } from './ground.ts';

const faulty = reference('alice', 'alice-ignores-digest');
const broken = 'qosst/unauthenticAnswered';

describe('a run', () => {
  it('tells findings when they are new and when they are shorter, and exits with 1', async () => {
    const { told, ending, state } = await run({ profile: faulty });
    const lengths = told.flatMap((one) =>
      one.kind === 'finding' ? [one.finding.steps.length] : [],
    );
    expect(lengths.length).toBeGreaterThanOrEqual(2);
    expect(lengths.at(-1)).toBe(1);
    expect(state.findings.map(({ requirement }) => requirement)).toContain(broken);
    expect(ending.exitCode).toBe(1);
  });

  it('finds nothing wrong with our own side, exit 0', async () => {
    const { ending, state } = await run({ profile: reference('alice') });
    expect(ending).toMatchObject({ exitCode: 0 });
    expect(state.findings).toEqual([]);
  });

  it('ends with 3 where nobody is', async () => {
    const target = { kind: 'address', host: '127.0.0.1', port: 1 } as const;
    const { ending } = await run({ profile: { ...reference('alice'), target } });
    expect(ending.exitCode).toBe(3);
  });

  it('plays stored seeds first', async () => {
    const { state, told } = await run({ profile: faulty });
    const [finding] = state.findings;
    if (finding === undefined) throw new TypeError('nothing was found');
    const origin = { profile: faulty, campaignSeed: 42, target: '', note: '', version: '0.1.0' };
    const seeds = [seedOf(finding, origin)];
    const again = await run({ profile: faulty, seeds, budget: { messages: 1, ms: 5000 } });
    expect(again.state.findings[0]).toMatchObject({ id: finding.id, messagesToDetection: 2 });
    const clean = await run({ profile: reference('alice'), seeds });
    expect(clean.ending.exitCode).toBe(0);
    expect(told.some(({ kind }) => kind === 'note')).toBe(false);
    expect(clean.told).toContainEqual({
      kind: 'note',
      text: 'replayed 1 of 1 stored seeds first: nothing is found',
    });
  });

  it('goes on where it ended: other sessions, sums, findings kept', async () => {
    const begun = await run({ profile: faulty });
    const { state, sessions } = await run({ profile: faulty, begun });
    expect(state.messages).toBeGreaterThanOrEqual(4000);
    expect(sessions[0]).toBeGreaterThan(begun.sessions[0] ?? 0);
    const [before] = begun.state.findings;
    const after = state.findings.find(({ id }) => id === before?.id);
    expect(after?.messagesToDetection).toBe(before?.messagesToDetection);
    expect(after?.times).toBeGreaterThan(before?.times ?? 0);
  });

  it('keeps to a pace', async () => {
    const beganMs = performance.now();
    const { state } = await run({
      profile: { ...reference('alice'), budget: { messagesPerSecond: 100 } },
      budget: { messages: 60, ms: 25_000 },
    });
    const perSecond = (state.messages / (performance.now() - beganMs)) * 1000;
    expect(perSecond).toBeLessThan(110);
  });

  it('is interrupted by its signal: 130, what was found kept', async () => {
    const stop = new AbortController();
    const budget = { messages: 1_000_000, ms: 25_000 };
    const { ending, state } = await run(
      { profile: faulty, signal: stop.signal, budget },
      ({ kind }) => kind === 'finding' && stop.abort(),
    );
    expect(ending.exitCode).toBe(130);
    expect(state.findings.map(({ requirement }) => requirement)).toContain(broken);
  });
});

describe('workers', () => {
  it('share the sessions, and their findings are one', async () => {
    const { state, sessions, ending } = await run({ profile: faulty, workers: 2 });
    expect(state.messages).toBeGreaterThanOrEqual(2000);
    expect(sessions).toHaveLength(2);
    expect(Math.min(...sessions)).toBeGreaterThan(0);
    const same = state.findings.filter(({ requirement }) => requirement === broken);
    expect(same).toHaveLength(1);
    expect(same[0]?.steps).toHaveLength(1);
    expect(ending.exitCode).toBe(1);
  });

  it('stop when they are told to, and keep what they found', async () => {
    const stop = new AbortController();
    const budget = { messages: 1_000_000, ms: 25_000 };
    const { ending, state } = await run(
      { profile: faulty, workers: 2, budget, signal: stop.signal },
      ({ kind }) => kind === 'finding' && stop.abort(),
    );
    expect(ending.exitCode).toBe(130);
    expect(state.findings.length).toBeGreaterThan(0);
  });
});
