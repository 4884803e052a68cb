import { describe, expect, it } from 'vitest';
import type { Layer, Picture } from '#src/contract/picture.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { bob, type BobMemory } from '#src/protocols/qosst/reference/bob.ts';
import { convergence } from '#src/protocols/qosst/pictures/convergence.ts';
import { sessionOver, type Asked } from './optics.ts';

/** Plays a session; its pictures by their names, and what Bob remembers of it. */
async function picturesOf(asked: Asked) {
  const memories: BobMemory[] = [];
  const remembered: SideRecord<BobMemory> = {
    ...bob,
    memory(random, settings) {
      const memory = bob.memory(random, settings);
      memories.push(memory);
      return memory;
    },
  };
  const played = await sessionOver({ ...asked, records: { bob: remembered } });
  const showings = Object.values(played.showings());
  const pictures = showings.flatMap((showing) => showing.pictures);
  const named = Object.fromEntries(pictures.map((picture) => [picture.id, picture]));
  const memory = memories.at(-1) ?? never();
  return { ...played, memory, showings, named, ids: pictures.map(({ id }) => id) };
}

type Kind = Layer['kind'];

function layers<K extends Kind>(picture: Picture | undefined, kind: K) {
  const found = (picture ?? never()).layers;
  return found.filter((layer): layer is Extract<Layer, { kind: K }> => layer.kind === kind);
}

describe('the pictures of a session over 5 km', () => {
  const session = picturesOf({ seed: 1 });

  it('are four', async () => {
    const { ids } = await session;
    expect(ids.toSorted()).toEqual(['constellation', 'convergence', 'covariance', 'key-rate']);
  });

  it('show samples of revealed symbols, at most 2000 of them, and never one of a key', async () => {
    const { named, memory } = await session;
    const { x, p } = memory.simulated?.acquired ?? never();
    const scale = 1 / Math.sqrt(memory.simulated?.calibration?.shotNoise ?? NaN);
    const revealed = new Set(memory.indices);
    const open = new Set<string>();
    const secret = new Set<number>();
    x.forEach((value, at) => {
      if (revealed.has(at)) open.add(`${scale * value} ${scale * (p[at] ?? 0)}`);
      else secret.add(scale * value).add(scale * (p[at] ?? 0));
    });
    expect(secret.size).toBe(2 * (76_500 - 60_000));
    const [measured, prepared] = layers(named['constellation'], 'points');
    const [scattered] = layers(named['covariance'], 'points');
    const points = measured?.at ?? never();
    expect(points.length).toBe(1000);
    expect((prepared?.at ?? []).length + points.length).toBeLessThanOrEqual(2000);
    expect(points.filter(({ x, y }) => !open.has(`${x} ${y}`))).toEqual([]);
    const shown = [...points, ...(scattered ?? never()).at].flatMap(({ x, y }) => [x, y]);
    expect(shown.filter((value) => secret.has(value))).toEqual([]);
  });

  it('fit a slope of √(eta T / 2), and the covariance that goes with it', async () => {
    const { named } = await session;
    const [line] = layers(named['covariance'], 'line');
    const [from, to] = line?.at ?? [];
    const slope = ((to?.y ?? NaN) - (from?.y ?? 0)) / ((to?.x ?? NaN) - (from?.x ?? 0));
    const truth = Math.sqrt(0.35 * 10 ** -0.1);
    const deviation = Math.sqrt(1.06 / (60_000 * 0.674));
    expect(Math.abs(slope - truth) / deviation).toBeLessThan(3);
    const ellipses = layers(named['covariance'], 'ellipse');
    expect(ellipses.map(({ sigmas }) => sigmas)).toEqual([1, 2]);
    const { xx, xy, yy } = ellipses[0]?.covariance ?? never();
    expect(xx).toBeCloseTo(0.674, 1);
    expect(xy / xx).toBeCloseTo(slope, 10);
    expect(yy).toBeCloseTo(truth ** 2 * 0.674 + 1.05 + truth ** 2 * 0.025, 1);
  });

  it('have the session at 5 km, on the curve of its rate', async () => {
    const { named, bob } = await session;
    const [mark] = layers(named['key-rate'], 'mark');
    const { at, xBar = [NaN, NaN] } = mark ?? never();
    const deviationKm = (xBar[1] - xBar[0]) / 2;
    expect(deviationKm).toBeGreaterThan(0.1);
    expect(deviationKm).toBeLessThan(0.6);
    expect(Math.abs(at.x - 5) / deviationKm).toBeLessThan(3);
    expect(at.y).toBeCloseTo(Number(bob['key, bit/symbol']), 5);
    const curve = layers(named['key-rate'], 'line')[0]?.at ?? [];
    const after = curve.findIndex(({ x }) => x > at.x);
    expect(curve[after - 1]?.y).toBeGreaterThan(at.y);
    expect(curve[after]?.y).toBeLessThan(at.y);
    const [low, high] = mark?.yBar ?? [NaN, NaN];
    expect(low).toBeLessThan(at.y);
    expect(high).toBeGreaterThan(at.y);
  });

  it('have a course for each block, which ends at 0', async () => {
    const { named, bob } = await session;
    const [, ...rows] = named['convergence']?.table ?? [];
    expect(
      `${rows.length}, ${rows.filter(([, outcome]) => outcome === 'not reached').length}`,
    ).toBe(bob['blocks, lost']);
    for (const [, outcome, iterations, unsettled] of rows) {
      if (outcome !== 'reached') continue;
      expect(unsettled).toBe(0);
      expect(iterations).toBeGreaterThan(3);
    }
  });

  it('come with how the link was set', async () => {
    const { showings } = await session;
    const setting = Object.assign({}, ...showings.map((showing) => showing.setting));
    expect(setting).toMatchObject({ 'fibre, km': 5, modulation: 'gaussian', faults: 'none' });
  });
});

describe('the pictures of other sessions', () => {
  it('mark a session without a key, and say why', async () => {
    const faults = ['intercept-resend:share=0.2'];
    const { named, ids, showings } = await picturesOf({ seed: 1, options: { faults } });
    expect(ids).toEqual(['constellation', 'covariance', 'key-rate']);
    const [mark] = layers(named['key-rate'], 'mark');
    expect(mark?.marker).toBe('times');
    expect(mark?.label).toMatch(/: no key \(Eve may know as much as Alice\)$/);
    expect(named['key-rate']?.facts['asymptotic key ends at']).toBe('none at any distance');
    expect(JSON.stringify(showings)).toContain('intercept-resend:share=0.2');
  });

  it('blame the health test, where it was that', async () => {
    const { named } = await picturesOf({ seed: 1, options: { faults: ['saturation'] } });
    expect(layers(named['key-rate'], 'mark')[0]?.label).toMatch(/no key \(health test: mean is /);
  });

  it('draw each state once, and Bob’s x alone where he measured nothing else', async () => {
    const options = { modulation: 'qam:4', detector: 'homodyne', excessNoiseSnu: 0.01 };
    const { named } = await picturesOf({ seed: 1, options });
    const [prepared, ...others] = layers(named['constellation'], 'points');
    expect(others).toEqual([]);
    expect(prepared?.at.length).toBe(16);
    expect(layers(named['constellation'], 'rug')[0]?.at.length).toBe(1000);
    expect(named['covariance']?.table?.length).toBe(4);
  });

  it('mark a block that was lost', async () => {
    const faults = ['loss-step:lossDb=6,share=0.1'];
    const { named } = await picturesOf({ seed: 1, options: { faults } });
    const lost = layers(named['convergence'], 'points').filter(({ tone }) => tone === 'bad');
    expect(lost.map(({ at }) => at.length)).toEqual([1]);
    expect(lost[0]?.at[0]?.y).toBeGreaterThan(0);
  });

  it('are of the key rate alone, where an oracle drew it, and none without optics', async () => {
    expect((await picturesOf({ seed: 1, options: { optics: 'oracle' } })).ids).toEqual([
      'key-rate',
    ]);
    expect((await picturesOf({ seed: 1, options: { optics: 'generated' } })).ids).toEqual([]);
  });

  it('have the session on the curve of a block of this size, where only that counts', async () => {
    const sizes = { frameSymbols: 1e7, revealedSymbols: 5e6, calibrationSamples: 1e8 };
    const light = { modulationVarianceSnu: 2, excessNoiseSnu: 0.01, distanceKm: 10 };
    const options = { optics: 'oracle', security: 'finite-size', ...sizes, ...light };
    const { named } = await picturesOf({ seed: 1, options });
    const { at, yBar = [NaN, NaN] } = layers(named['key-rate'], 'mark')[0] ?? never();
    const [asymptotic, finite] = layers(named['key-rate'], 'line').map(
      (line) => line.at.findLast(({ x }) => x < at.x)?.y ?? NaN,
    );
    expect(at.y / (finite ?? NaN)).toBeCloseTo(1, 1);
    expect(yBar[0]).toBeLessThan(at.y);
    expect(yBar[1]).toBeGreaterThan(at.y);
    expect(yBar[1]).toBeLessThan((asymptotic ?? NaN) / 2);
  });

  it('are none where Alice never sent', async () => {
    const faults = ['converter-overflow'];
    expect((await picturesOf({ seed: 1, options: { faults } })).ids).toEqual([]);
  });
});

describe('the courses of many blocks', () => {
  const course = (length: number) => ({
    kind: 'corrected' as const,
    iterations: length,
    unsettledAfter: Array.from({ length }, (_, at) => length - 1 - at),
  });

  it('are drawn as their mean between their extremes', () => {
    const picture = convergence([...Array.from({ length: 24 }, () => course(3)), course(8)], 10);
    const [band] = layers(picture, 'band');
    expect(band?.at[0]).toEqual({ x: 1, low: 2, high: 7 });
    expect(band?.at[4]).toEqual({ x: 5, low: 0, high: 3 });
    expect(layers(picture, 'line')[0]?.at[0]).toEqual({ x: 1, y: (24 * 2 + 7) / 25 });
  });

  it('tell those found by guessing from those reached', () => {
    const picture = convergence([course(3), { ...course(4), iterations: 20 }], 10);
    expect(picture.facts['blocks']).toBe('1 reached, 1 by guessing, 0 not');
  });
});

function never(): never {
  throw new Error('there must be one');
}
