import { describe, expect, it } from 'vitest';
import { faultKinds } from '#src/optics/faults/all.ts';
import type { Signature } from '#src/optics/faults/fault.ts';
import { frameWith, link } from './link.ts';

const symbols = 400_000;

/** The table of the facts: 8 million symbols and formulas agreed on it. */
const table: readonly (readonly [string, Record<string, number>, number, number])[] = [
  ['loss-step', { lossDb: 3.0103 }, 0.2304, 0.1609],
  ['phase-noise', { rmsRad: 0.1 }, 0.3131, 0.0604],
  ['static-phase', { angleRad: 0.15 }, 0.3092, 0.1244],
  ['frequency-residue', { turns: 0.3 }, 0.233, 1.7993],
  ['intercept-resend', { share: 0.05 }, 0.316228, 0.11],
  ['intercept-resend', { share: 1 }, 0.316228, 2.01],
  ['oscillator-power', { factor: 0.98 }, 0.3099, -0.1744],
  ['electronic-noise', { addedSnu: 0.02 }, 0.316228, 0.1907],
  ['noise-burst', { share: 0.02, excessNoiseSnu: 1 }, 0.316228, 0.0298],
  ['clipping', { sigmas: 3 }, 0.3145, -0.0356],
  ['clipping', { sigmas: 2 }, 0.2881, -0.7654],
  ['clipping', { sigmas: 1.5 }, 0.2374, -2.6041],
  ['polarisation-drift', { endRad: 0.5 }, 0.2907, 0.0182],
  ['photon-number', { overstated: 0.1 }, 0.2875, 0.011],
];

describe('the signature of a fault', () => {
  it('of no fault is the link itself, within its deviation', () => {
    const { estimate } = frameWith([], symbols);
    const truth = { transmittance: link.transmittance, excessNoiseSnu: link.excessNoiseSnu };
    expect(off(estimate, truth)).toBeLessThan(4);
    expect(estimate.excessNoiseSnu.deviation).toBeCloseTo(0.0148, 3);
  });

  it.each(table)('%s %o is the one of the table, by its formula', (name, values, t, xi) => {
    const signature = kind(name).make(values).signature(link);
    expect(signature?.transmittance).toBeCloseTo(t, 3);
    expect(Math.abs((signature?.excessNoiseSnu ?? NaN) - xi)).toBeLessThan(2e-4);
  });

  const measured = [
    ...table,
    ['fading', {}] as const,
    ['timing-offset', {}] as const,
    ['timing-offset', { symbols: -0.3 }] as const,
    ['oscillator-power', { factor: 1.01 }] as const,
  ];
  it.each(measured.map(([name, values]) => [name, values] as const))(
    '%s %o is measured as its formula says',
    (name, values) => {
      const fault = kind(name).make(values);
      const signature = fault.signature(link);
      expect(signature).not.toBeNull();
      if (signature === null) return;
      const { estimate } = frameWith([fault], symbols);
      expect(off(estimate, signature)).toBeLessThan(6);
    },
  );

  it.each(['loss-step', 'static-phase', 'electronic-noise', 'fading', 'timing-offset'])(
    '%s is not that of an honest link',
    (name) => {
      const { estimate } = frameWith([kind(name).make()], symbols);
      expect(off(estimate, link)).toBeGreaterThan(3);
    },
  );
});

/** Standard deviations between an estimate and what it should be; the larger of T's and xi's. */
function off(estimate: ReturnType<typeof frameWith>['estimate'], should: Signature): number {
  return Math.max(
    ...(['transmittance', 'excessNoiseSnu'] as const).map(
      (name) => Math.abs(estimate[name].value - should[name]) / estimate[name].deviation,
    ),
  );
}

function kind(name: string) {
  const found = faultKinds.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no fault ${name}`);
  return found;
}
