import { describe, expect, it } from 'vitest';
import { blinding } from '#src/optics/faults/blinding.ts';
import { clipping } from '#src/optics/faults/clipping.ts';
import { indexSlip } from '#src/optics/faults/index-slip.ts';
import { interceptResend } from '#src/optics/faults/intercept-resend.ts';
import { saturation } from '#src/optics/faults/saturation.ts';
import { healthAlarms, momentsOf } from '#src/optics/health.ts';
import { frameWith } from './faults/link.ts';

const symbols = 200_000;

describe('health tests of a frame', () => {
  it('are quiet about honest light, whatever the seed', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { seen } = frameWith([], 50_000, seed);
      expect(healthAlarms(seen.x)).toEqual([]);
      expect(healthAlarms(seen.p)).toEqual([]);
    }
  });

  it('expect of samples the kurtosis of their modulation', () => {
    const { seen } = frameWith([], symbols);
    expect(healthAlarms(seen.x, 2.9).map(({ test }) => test)).toEqual(['kurtosis']);
  });

  it('notice the saturation attack, which estimates take for a good link', () => {
    const { seen, estimate } = frameWith([saturation.make()], symbols);
    expect(estimate.transmittance.value).toBeCloseTo(0.247, 2);
    expect(Math.abs(estimate.excessNoiseSnu.value)).toBeLessThan(0.1);
    const moments = momentsOf(seen.x);
    expect(moments.mean).toBeCloseTo(1.3, 1);
    expect(moments.skew).toBeCloseTo(-0.45, 1);
    expect(moments.railShare).toBeCloseTo(0.11, 1);
    const tests = healthAlarms(seen.x).map(({ test }) => test);
    expect(tests).toEqual(expect.arrayContaining(['mean', 'skew', 'rail']));
  });

  it('leave intercept-resend to the excess noise, which it cannot hide', () => {
    const { seen, estimate } = frameWith([interceptResend.make({ share: 1 })], symbols);
    expect(healthAlarms(seen.x)).toEqual([]);
    expect(estimate.excessNoiseSnu.value).toBeGreaterThan(1.9);
  });

  it('notice blinding and a range that is too small', () => {
    const blind = frameWith([blinding.make()], symbols);
    expect(healthAlarms(blind.seen.x).map(({ test }) => test)).toContain('rail');
    expect(blind.estimate.transmittance.value).toBeLessThan(0.01);
    const cut = frameWith([clipping.make({ sigmas: 2 })], symbols);
    expect(healthAlarms(cut.seen.x).map(({ test }) => test)).toEqual(['kurtosis', 'rail']);
  });

  it('cannot see a slipped index, which leaves no correlation', () => {
    const { seen, estimate } = frameWith([indexSlip.make({ symbols: 3 })], symbols);
    expect(healthAlarms(seen.x)).toEqual([]);
    expect(estimate.transmittance.value).toBeLessThan(1e-3);
  });
});
