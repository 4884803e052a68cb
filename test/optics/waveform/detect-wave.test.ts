import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { goldenLink, type LinkPlan } from '#src/optics/plan.ts';
import { simulatedReceiver, simulatedTransmitter } from '#src/optics/simulated.ts';
import { calibrateFilter } from '#src/optics/waveform/calibrate-filter.ts';
import type { WaveFormat, WavePath } from '#src/optics/waveform/wave-format.ts';
import { stream } from '#src/optics/random/stream.ts';

const golden: LinkPlan = {
  ...goldenLink,
  seed: 1,
  frameSymbols: 120_000,
  revealedSymbols: 60_000,
  calibrationSamples: 400_000,
  fidelity: 'waveform',
};

/** What signal processing may add to the excess noise of the golden link; about half of it is seen. */
const penaltySnu = 1e-3;

describe('a frame sent as a waveform', () => {
  it.each([1, 2, 3, 4])(
    'gives Bob the link as it is, but for the noise of his processing: seed %i',
    async (seed) => {
      const { transmittance, excessNoiseSnu } = await frameOver({ ...golden, seed });
      const { link } = golden;
      expect(offBy(transmittance, link.transmittance)).toBeLessThan(4);
      expect(offBy(excessNoiseSnu, link.excessNoiseSnu + penaltySnu / 2)).toBeLessThan(4);
    },
  );

  it('adds no more to the excess noise than is said, on the mean of 9 frames', async () => {
    const frames = [];
    for (let seed = 1; seed <= 9; seed += 1) frames.push(await frameOver(exact({ seed })));
    expect(frames.map(({ reason }) => reason)).toContain(null);
    const mean = frames.reduce((sum, { excessNoiseSnu }) => sum + excessNoiseSnu.value, 0) / 9;
    const deviation = (frames[0]?.excessNoiseSnu.deviation ?? NaN) / 3;
    const { excessNoiseSnu } = golden.link;
    expect(mean).toBeGreaterThan(excessNoiseSnu - 4 * deviation);
    expect(mean).toBeLessThan(excessNoiseSnu + penaltySnu + 4 * deviation);
  });

  it('gives the same symbols on every engine', async () => {
    const plan = { ...golden, frameSymbols: 5000, revealedSymbols: 2500 };
    const { symbols } = await frameOver(plan);
    const digest = createHash('sha256').update(symbols.x).update(symbols.p).digest('hex');
    expect(digest).toMatchInlineSnapshot(
      `"ae80b29304b0fe00a61d01df5ac32935d1cf754596af47fa35bd4f81ad93ee37"`,
    );
    expect((await frameOver(plan)).symbols).toEqual(symbols);
    const other = await frameOver({ ...plan, seed: 2 });
    expect(other.symbols).not.toEqual(symbols);
  });

  it('works in the modulation of few states, too, and behind 50 km', async () => {
    const modulation = { kind: 'pcs-qam', side: 8, shaping: 0.07 } as const;
    const far = { ...golden.link, transmittance: 0.1 };
    const { transmittance } = await frameOver({ ...golden, modulation, link: far });
    expect(offBy(transmittance, 0.1)).toBeLessThan(4);
  });
});

describe('the excess noise of a waveform', () => {
  it('grows with the line of the lasers', async () => {
    const [quiet, wide, wider] = await Promise.all(
      [0, 30_000, 100_000].map((lineWidthHz) => noiseOver({ lineWidthHz }, {})),
    );
    expect(wide).toBeGreaterThan((quiet ?? NaN) + 0.03);
    expect(wider).toBeGreaterThan((wide ?? NaN) + 0.05);
  });

  it('grows where the pilots are too weak to show the phase', async () => {
    const [bright, weak, weaker] = await Promise.all(
      [100, 0.3, 0.1].map((pilotPhotonNumber) => noiseOver({}, { pilotPhotonNumber })),
    );
    expect(weak).toBeGreaterThan((bright ?? NaN) + 0.02);
    expect(weaker).toBeGreaterThan((weak ?? NaN) + 0.05);
  });

  it('grows where the pilots are so bright that they reach into the symbols', async () => {
    const [bright, glaring] = await Promise.all(
      [100, 300_000].map((pilotPhotonNumber) => noiseOver({}, { pilotPhotonNumber })),
    );
    expect(glaring).toBeGreaterThan((bright ?? NaN) + 0.1);
  });

  it('grows where the converter has few bits for symbols beside a bright preamble', async () => {
    const [exact, fine, coarse] = await Promise.all(
      [Infinity, 12, 6].map((converterBits) => noiseOver({ converterBits }, {})),
    );
    expect(Math.abs((fine ?? NaN) - (exact ?? NaN))).toBeLessThan(1e-3);
    expect(coarse).toBeGreaterThan((exact ?? NaN) + 0.1);
  });

  it('leaves no key where no phase is found', async () => {
    const { reason } = await frameOver(exact({}, {}, { pilotPhotonNumber: 0 }));
    expect(reason).toMatch(/excess|Eve|transmittance|health/);
  });
});

describe('the calibration of the filter', () => {
  it('finds the noise of the detector behind it', () => {
    const { shotNoise, electronicNoiseSnu, samples } = calibrateFilter(golden, stream(1, 'c'));
    expect(Math.abs(shotNoise - 1)).toBeLessThan(5 * Math.sqrt(4 / samples));
    expect(Math.abs(electronicNoiseSnu - 0.05)).toBeLessThan(1e-3);
  });
});

/** The golden frame with a detector that is known exactly. */
function exact(
  plan: Partial<LinkPlan>,
  path: Partial<WavePath> = {},
  format: Partial<WaveFormat> = {},
): LinkPlan {
  const { wave } = golden;
  return {
    ...golden,
    ...plan,
    calibrationSamples: Infinity,
    wave: { path: { ...wave.path, ...path }, format: { ...wave.format, ...format } },
  };
}

async function noiseOver(path: Partial<WavePath>, format: Partial<WaveFormat>) {
  return (await frameOver(exact({}, path, format))).excessNoiseSnu.value;
}

/** Half of the symbols are revealed. */
async function frameOver(plan: LinkPlan) {
  const transmitter = simulatedTransmitter(plan);
  const receiver = simulatedReceiver(plan);
  await transmitter.prepare('frame');
  await receiver.arm('frame');
  await receiver.acquire();
  const indices = Array.from({ length: plan.revealedSymbols }, (_, k) => 2 * k);
  const revealed = transmitter.symbolsAt(indices) ?? never();
  const { reason } = receiver.estimate(indices, revealed, transmitter.photonNumberMean);
  const { estimate } = receiver.found ?? never();
  return { ...estimate, reason, symbols: receiver.acquired ?? never() };
}

function offBy({ value, deviation }: { value: number; deviation: number }, truth: number) {
  return Math.abs(value - truth) / deviation;
}

function never(): never {
  throw new Error('there must be one');
}
