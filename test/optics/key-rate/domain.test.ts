import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialQam, psk } from '#src/optics/modulation/constellation.ts';
import { constellationConstants, discreteKeyRate } from '#src/optics/key-rate/discrete.ts';
import { finiteKeyRate } from '#src/optics/key-rate/finite-size.ts';
import { gaussianKeyRate } from '#src/optics/key-rate/gaussian.ts';
import type { LinkParameters } from '#src/optics/key-rate/parameters.ts';

const fine: LinkParameters = {
  modulationVarianceSnu: 5,
  transmittance: 0.5,
  excessNoiseSnu: 0.01,
  detector: { kind: 'heterodyne', trust: 'trusted', efficiency: 0.7, electronicNoiseSnu: 0.05 },
  reconciliationEfficiency: 0.95,
};
const detector = (changed: object) => ({ ...fine, detector: { ...fine.detector, ...changed } });

describe('key rates outside the domain', () => {
  it.each([
    ['T = 0', { ...fine, transmittance: 0 }, 'transmittance is 0, not above 0, up to 1'],
    ['T above 1', { ...fine, transmittance: 1.01 }, 'transmittance is 1.01, not above 0, up to 1'],
    [
      'T not a number',
      { ...fine, transmittance: NaN },
      'transmittance is NaN, not above 0, up to 1',
    ],
    ['xi below 0', { ...fine, excessNoiseSnu: -1e-9 }, 'excessNoiseSnu is -1e-9, not 0 or more'],
    ['no light', { ...fine, modulationVarianceSnu: 0 }, 'modulationVarianceSnu is 0, not above 0'],
    ['eta above 1', detector({ efficiency: 1.2 }), 'efficiency is 1.2, not above 0, up to 1'],
    [
      'V_el below 0',
      detector({ electronicNoiseSnu: -1 }),
      'electronicNoiseSnu is -1, not 0 or more',
    ],
    [
      'beta above 1',
      { ...fine, reconciliationEfficiency: 1.1 },
      'reconciliationEfficiency is 1.1, not above 0, up to 1',
    ],
  ])('give no key and the reason: %s', (_, link, reason) => {
    const none = { kind: 'none', reason, bitsPerSymbol: null };
    expect(gaussianKeyRate(link)).toEqual(none);
    expect(discreteKeyRate(link, { correlation: 1, defect: 0 })).toEqual(none);
    expect(finiteKeyRate(link, block)).toEqual(none);
  });

  it('give no key where an estimate from few symbols fears the worst', () => {
    const few = { ...block, symbols: 100, revealedSymbols: 50 };
    expect(finiteKeyRate(fine, few)).toMatchObject({ kind: 'none' });
    expect(finiteKeyRate(fine, { ...block, revealedSymbols: 0 }).kind).toBe('none');
  });

  it('never throw and never exceed the mutual information, whatever is given', () => {
    const any = fc.double({ noNaN: false });
    fc.assert(
      fc.property(fc.tuple(any, any, any, any, any), fc.boolean(), (numbers, homodyne) => {
        const [va, t, xi, eta, vel] = numbers;
        const link: LinkParameters = {
          modulationVarianceSnu: va,
          transmittance: t,
          excessNoiseSnu: xi,
          detector: {
            kind: homodyne ? 'homodyne' : 'heterodyne',
            trust: 'trusted',
            efficiency: eta,
            electronicNoiseSnu: vel,
          },
          reconciliationEfficiency: 0.95,
        };
        const rate = gaussianKeyRate(link);
        if (rate.kind === 'rate') {
          expect(rate.bitsPerSymbol).toBeLessThanOrEqual(rate.mutualInformationBits);
        }
      }),
    );
  });
});

describe('key rates inside the domain', () => {
  const share = fc.double({ min: 1e-3, max: 1, noNaN: true });
  const noise = fc.double({ min: 0, max: 0.2, noNaN: true });

  it('fall with excess noise, and are lower where the detector is not trusted', () => {
    fc.assert(
      fc.property(share, noise, share, noise, (transmittance, xi, efficiency, vel) => {
        const link = {
          ...fine,
          transmittance,
          excessNoiseSnu: xi,
          detector: { ...fine.detector, efficiency, electronicNoiseSnu: vel },
        };
        const rate = bits(link);
        expect(bits({ ...link, excessNoiseSnu: xi + 0.01 })).toBeLessThan(rate);
        const untrusted = { ...link, detector: { ...link.detector, trust: 'untrusted' as const } };
        expect(bits(untrusted)).toBeLessThanOrEqual(rate + 1e-12);
      }),
    );
  });

  it('give the whole mutual information without loss and noise, where Eve holds nothing', () => {
    for (const kind of ['homodyne', 'heterodyne'] as const) {
      const ideal = {
        ...fine,
        transmittance: 1,
        excessNoiseSnu: 0,
        detector: { kind, trust: 'trusted', efficiency: 1, electronicNoiseSnu: 0 } as const,
        reconciliationEfficiency: 1,
      };
      const rate = gaussianKeyRate(ideal);
      expect(rate).toMatchObject({ kind: 'rate' });
      if (rate.kind === 'rate') expect(rate.holevoBits).toBeCloseTo(0, 12);
    }
  });

  it('of ever finer constellations come near those of Gaussian modulation', () => {
    const link = { ...fine, modulationVarianceSnu: 1 };
    const rates = [2, 4, 8, 16].map(
      (side) => discreteKeyRate(link, constellationConstants(binomialQam(side, 1))).bitsPerSymbol,
    );
    expect(rates).toEqual([...rates].sort((left, right) => (left ?? NaN) - (right ?? NaN)));
    expect(rates.at(-1)).toBeLessThan(bits(link));
    expect(rates.at(-1)).toBeGreaterThan(0.97 * bits(link));
  });

  it('of two states are far below', () => {
    const link = { ...fine, modulationVarianceSnu: 1 };
    const rate = discreteKeyRate(link, constellationConstants(psk(2, 1))).bitsPerSymbol ?? NaN;
    expect(rate).toBeLessThan(bits(link) - 0.1);
  });
});

const block = { symbols: 1e8, revealedSymbols: 5e7, failure: 1e-10, deviations: 6.467 };

function bits(link: LinkParameters): number {
  return gaussianKeyRate(link).bitsPerSymbol ?? NaN;
}
