import { describe, expect, it } from 'vitest';
import { exactCalibration } from '#src/optics/calibration.ts';
import { goldenLink, type LinkPlan } from '#src/optics/plan.ts';
import { rateOverDistance } from '#src/optics/rate-over-distance.ts';
import { meanEstimate } from '#src/optics/sampling.ts';
import { fibreLengthKm, fibreTransmittance } from '#src/optics/link.ts';

/** The receiver of the reference table: see protocols/optics.md, section 2.1. */
const plan: LinkPlan = {
  ...goldenLink,
  seed: 1,
  frameSymbols: 1e8,
  revealedSymbols: 5e7,
  modulationVarianceSnu: 5,
  reconciliationEfficiency: 0.95,
  calibrationSamples: Infinity,
  link: { ...goldenLink.link, transmittance: fibreTransmittance(10), excessNoiseSnu: 0.01 },
};

/** The link as it is, found at 10 km. */
function ratesOf(of: LinkPlan) {
  const link = { ...of.link, modulationVarianceSnu: of.modulationVarianceSnu };
  const sizes = { samples: 2 * of.revealedSymbols, calibrationSamples: of.calibrationSamples };
  return rateOverDistance(of, {
    estimate: meanEstimate(link, sizes),
    photonNumberMean: of.modulationVarianceSnu / 2,
    calibration: exactCalibration(of.link.detector.electronicNoiseSnu),
  });
}

describe('the key rate over distance', () => {
  it.each([
    [5, 0.53071],
    [10, 0.32297],
    [25, 0.10696],
    [50, 0.02544],
    [100, 0.00215],
  ])('is that of the reference table at %i km', (km, bits) => {
    expect(ratesOf(plan).at(km).asymptotic.bitsPerSymbol).toBeCloseTo(bits, 4);
  });

  it('is less for a block of finite size, as far as the table has it, and none for a short one', () => {
    expect(ratesOf(plan).at(25)['finite-size'].bitsPerSymbol).toBeCloseTo(0.046, 3);
    const short = ratesOf({ ...plan, frameSymbols: 1e6, revealedSymbols: 5e5 });
    expect(short.at(25)['finite-size'].kind).toBe('none');
  });

  it('ends where the asymptotic rate does', () => {
    const rates = ratesOf(plan);
    expect(rates.endKm(100)).toBeNull();
    const end = rates.endKm(100, 0.1) ?? never();
    expect(end).toBeGreaterThan(48);
    expect(end).toBeLessThan(50);
    expect(rates.at(end - 0.02, 0.1).asymptotic.kind).toBe('rate');
    expect(rates.at(end + 0.02, 0.1).asymptotic.kind).toBe('none');
    expect(rates.endKm(100, 3)).toBeNull();
  });

  it('is lower for few states, whose bound is worse', () => {
    const discrete = ratesOf({ ...plan, modulation: { kind: 'qam', side: 4 } });
    const [few, all] = [discrete, ratesOf(plan)].map((rates) => rates.at(5).asymptotic);
    expect(few?.bitsPerSymbol).toBeLessThan(all?.bitsPerSymbol ?? 0);
  });
});

describe('the length of a fibre', () => {
  it.each([0, 5, 200])('of %i km is found again from its transmittance', (km) => {
    expect(fibreLengthKm(fibreTransmittance(km))).toBeCloseTo(km, 9);
  });
});

function never(): never {
  throw new Error('it ends');
}
