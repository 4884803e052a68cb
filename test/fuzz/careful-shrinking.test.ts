import { describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import { Allowance } from '#src/fuzz/allowance.ts';
import { Docket } from '#src/fuzz/docket.ts';
import { replay } from '#src/fuzz/replay.ts';
import { shrink } from '#src/fuzz/shrink.ts';
import type { Exhibit } from '#src/fuzz/target-care.ts';
import { followed } from '#src/judge/followed.ts';
import { wardenOf } from '#src/suite/warden.ts';
import { never, open, protocol, reference, run } from './ground.ts';

const say = (message: string): Step => ({ do: 'say', message, variant: 0 });
const orderly = ['identificationRequest', 'initializationRequest', 'disconnection'].map(say);
const said = (trace: Trace) =>
  followed(protocol, trace, settingsFor(protocol))
    .filter(({ by }) => by === 'player')
    .map(({ perceived }) => perceived);
const safe = { safe: true, never: [], absent: [] };
const shrinking = { replays: 20, ms: 10_000 };

/** The shortest of some steps when whatever was played shows the same. */
async function shortest(steps: readonly Step[], { safe: isSafe = false, unsaid = '' } = {}) {
  const withheld = unsaid === '' ? [] : [unsaid];
  await using target = await open({ ...reference('alice'), safe: isSafe, never: withheld });
  const { arena, care } = target;
  const { trace } = await replay(arena, { steps: [], seed: 1 });
  const restraint = { ...safe, safe: isSafe };
  const plan = { known: [], messages: () => 0, shrinking, restraint, signal: never };
  const docket = new Docket({ arena, care }, { ...plan, found: () => {} });
  const deed = { steps, seed: 1, trace };
  /** Awaited here: the target is taken down when this function is left. */
  return await docket.shortest(deed, { ...shrinking, falls: false }, () => true);
}

describe('a finding of a safe campaign', () => {
  const mutant = 'alice-sends-content-with-ready';

  it('is shrunk, and nothing is said on the way there but what is legal', async () => {
    const profile = { ...reference('alice', mutant), safe: true, captures: 'all' as const };
    const { told, state } = await run({ profile, budget: { messages: 200, ms: 25_000 } });
    const lengths = told.flatMap((one) => (one.kind === 'finding' ? one.finding.steps.length : []));
    expect(state.findings).toHaveLength(1);
    expect(lengths[0]).toBeGreaterThan(2 * (lengths.at(-1) ?? 0));
    const traces = told.flatMap((one) => (one.kind === 'captured' ? [one.trace] : []));
    expect(traces.length).toBeGreaterThan(state.sessions + 3);
    for (const frames of traces.map(said)) {
      expect(frames.flatMap(({ flaws }) => flaws)).toEqual([]);
      const names = frames.map(({ message }) => message);
      /** Where each of them is said, the one before it was said first. */
      const [identified, initialized, requested] = [
        names.indexOf('identificationRequest'),
        names.indexOf('initializationRequest'),
        names.indexOf('qieRequest'),
      ];
      if (requested >= 0) expect(initialized).toBeGreaterThanOrEqual(0);
      if (requested >= 0) expect(initialized).toBeLessThan(requested);
      if (initialized >= 0) expect(identified).toBe(0);
    }
  });

  it('keeps to the budget, half of which is left for what comes later', async () => {
    const budget = { messages: 150 };
    const profile = { ...reference('alice', mutant), safe: true, captures: 'all' as const, budget };
    const { told, state, ending } = await run({ profile });
    const heard = told.flatMap((one) => (one.kind === 'captured' ? one.trace.events : []));
    const frames = heard.filter(({ kind }) => kind === 'sent' || kind === 'received').length;
    /** The sanity exchange has taken four; the run ends at the answer that is one too many. */
    expect(frames).toBeLessThanOrEqual(147);
    expect(state.messages).toBeGreaterThan(104);
    expect(state.findings[0]?.messagesToDetection).toBe(104);
    expect(ending.because).toMatch(
      /^1 finding; then: the budget of 150 messages would be exceeded/,
    );
  });
});

describe('steps that are played again to make them fewer', () => {
  it('are fewer where all may be said', async () => {
    expect((await shortest(orderly, { safe: true }))?.steps.length).toBe(1);
  });

  it('show nothing where one of them is withheld', async () => {
    expect(await shortest(orderly, { unsaid: 'initializationRequest' })).toBeNull();
    expect(await shortest(orderly, { unsaid: 'abort' })).not.toBeNull();
  });

  it('show nothing in safe mode where one is not legal in its place', async () => {
    const [first, ...rest] = orderly;
    expect(await shortest(rest, { safe: true })).toBeNull();
    expect(await shortest(rest)).not.toBeNull();
    const bent: Step = {
      ...{ do: 'say', message: 'identificationRequest', variant: 0 },
      deviation: { level: 'bytes', op: 'flip', dice: [1] },
    };
    expect(await shortest([bent], { safe: true })).toBeNull();
    expect(first).toEqual(say('identificationRequest'));
  });

  it('end where what must not be said comes, and say none of it', async () => {
    const profile = { ...reference('alice'), never: ['initializationRequest'] };
    await using target = await open(profile);
    const play = { steps: orderly, seed: 1, allowed: () => true };
    const { isBarred, taken, trace } = await replay(target.arena, play);
    expect({ isBarred, taken }).toEqual({ isBarred: true, taken: 2 });
    expect(said(trace).map(({ message }) => message)).toEqual(['identificationRequest']);
  });

  it('are the fewest so far where the budget is spent', async () => {
    await using target = await open(reference('alice'));
    const { verdict: _, ...plain } = await replay(target.arena, { steps: orderly, seed: 1 });
    let plays = 0;
    const play = async (steps: readonly Step[]): Promise<Exhibit> => {
      plays += 1;
      if (plays > 2) throw new HarnessError('spent', 'no more');
      return { ...plain, taken: steps.length, violation: null, readings: [] };
    };
    const found = { steps: orderly, isSame: () => true, play, signal: never, clock: systemClock };
    const shrunk = await shrink(found, shrinking);
    expect(shrunk?.steps).toEqual(orderly.slice(0, 1));
    expect(plays).toBe(3);
  });
});

describe('an allowance', () => {
  const warden = (budget: object) => {
    const careful = wardenOf(protocol, { ...reference('alice'), budget });
    if (careful === undefined) throw new TypeError('nobody watches');
    return careful;
  };

  it('is half of what is left, and its use counts', () => {
    const whole = warden({ messages: 10, keys: 3 });
    const half = new Allowance(whole, protocol);
    expect(half.left).toEqual({ messages: 5, keys: 1 });
    const frame = { message: 'qieTrigger', payload: {}, flaws: [] };
    half.hears(frame);
    expect([half.left, whole.left]).toEqual([
      { messages: 4, keys: 0 },
      { messages: 9, keys: 2 },
    ]);
    expect(() => half.hears(frame)).toThrow(/half of the keys that were left/);
    expect(() => half.demand({ messages: 5, keys: 0 })).toThrow(/half of the messages/);
    /** What was heard counts all the same; what is refused before it is said does not. */
    expect(whole.left).toEqual({ messages: 8, keys: 1 });
    const position = chartOf(protocol.model.session).initial(
      protocol.sessionInput(settingsFor(protocol)),
    );
    expect(() => half.sends([frame], position)).toThrow(/half of the keys/);
    expect(whole.left).toEqual({ messages: 8, keys: 1 });
  });

  it('has no end where the budget has none', () => {
    const half = new Allowance(warden({ keys: 3 }), protocol);
    expect(half.left).toEqual({ messages: Number.POSITIVE_INFINITY, keys: 1 });
  });
});
