import { describe, expect, it } from 'vitest';
import { exactCalibration } from '#src/optics/calibration.ts';
import { estimateLink } from '#src/optics/estimation.ts';
import { faultKinds } from '#src/optics/faults/all.ts';
import type { Fault } from '#src/optics/faults/fault.ts';
import { drawSymbols } from '#src/optics/modulation/modulation.ts';
import { quadratures } from '#src/optics/quadratures.ts';
import { stream } from '#src/optics/random/stream.ts';
import { detectWave } from '#src/optics/waveform/detect-wave.ts';
import { turnedBack } from '#src/optics/waveform/global-angle.ts';
import { usualFormat, usualPath } from '#src/optics/waveform/wave-format.ts';
import { link } from '../faults/link.ts';

const symbols = 120_000;
/** What the processing itself adds to the excess noise of this link, at most. */
const penaltySnu = 5e-3;

describe('a fault of signal processing, in a waveform', () => {
  it.each([
    ['timing-offset', { symbols: 0.2 }],
    ['timing-offset', { symbols: -0.3 }],
    ['frequency-residue', { turns: 0.3 }],
    ['static-phase', {}],
  ])('%s %o lets Bob estimate what its formula says', (name, values) => {
    const fault = kind(name).make(values);
    expect(fault.misfound).toBeDefined();
    const signature = fault.signature(link) ?? never();
    const { transmittance, excessNoiseSnu } = estimateOver([fault]);
    const offT = Math.abs(transmittance.value - signature.transmittance);
    const offXi = Math.abs(excessNoiseSnu.value - signature.excessNoiseSnu);
    expect(offT).toBeLessThan(4 * transmittance.deviation + 2e-4);
    expect(offXi).toBeLessThan(6 * excessNoiseSnu.deviation + penaltySnu);
    const honest = Math.abs(excessNoiseSnu.value - link.excessNoiseSnu);
    expect(honest).toBeGreaterThan(3 * excessNoiseSnu.deviation);
  });

  it('index-slip leaves no correlation', () => {
    const { transmittance } = estimateOver([kind('index-slip').make()]);
    expect(transmittance.value).toBeLessThan(1e-3);
  });

  it.each([
    ['loss-step', {}],
    ['oscillator-power', {}],
    ['intercept-resend', {}],
    ['clipping', { sigmas: 2 }],
  ])('is none of %s %o, which does what it does to symbols', (name, values) => {
    const fault = kind(name).make(values);
    expect(fault.misfound).toBeUndefined();
    const { transmittance, excessNoiseSnu } = estimateOver([fault]);
    const signature = fault.signature(link) ?? never();
    const off = Math.abs(transmittance.value - signature.transmittance);
    expect(off).toBeLessThan(4 * transmittance.deviation + 2e-4);
    expect(Math.abs(excessNoiseSnu.value - signature.excessNoiseSnu)).toBeLessThan(
      6 * excessNoiseSnu.deviation + penaltySnu,
    );
  });
});

describe('the saturation attack, in a waveform', () => {
  it('looks like a good link to the estimates, as it does to symbols', () => {
    const { transmittance, excessNoiseSnu } = estimateOver([kind('saturation').make()]);
    expect(transmittance.value).toBeCloseTo(0.247, 2);
    expect(Math.abs(excessNoiseSnu.value)).toBeLessThan(0.1);
  });
});

/** The base case of the facts, as a waveform; all symbols are revealed. */
function estimateOver(faults: readonly Fault[]) {
  const sent = quadratures(symbols);
  drawSymbols({ kind: 'gaussian' }, link.modulationVarianceSnu, stream(1, 'symbols'), sent);
  const wave = { format: usualFormat, path: usualPath };
  const found = detectWave(sent, { link, faults, wave }, (purpose) => stream(1, purpose));
  const indices = Array.from({ length: symbols }, (_, at) => at);
  const errorRad = faults.reduce((sum, { misfound }) => sum + (misfound?.angleRad ?? 0), 0);
  const seen = turnedBack(found.symbols, { revealed: sent, indices, errorRad });
  const { detector } = link;
  const calibration = exactCalibration(detector.electronicNoiseSnu);
  return estimateLink(sent, seen, { detector, calibration });
}

function kind(name: string) {
  return faultKinds.find((one) => one.name === name) ?? never();
}

function never(): never {
  throw new Error('there must be one');
}
