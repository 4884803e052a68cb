import { describe, expect, it } from 'vitest';
import { faultKinds } from '#src/optics/faults/all.ts';
import { goldenLink, type LinkPlan } from '#src/optics/plan.ts';
import { simulatedReceiver, simulatedTransmitter } from '#src/optics/simulated.ts';

const golden: LinkPlan = {
  ...goldenLink,
  seed: 1,
  frameSymbols: 200_000,
  revealedSymbols: 100_000,
  calibrationSamples: 400_000,
};

describe('a simulated link', () => {
  it('gives both ends the same light, and Bob the link as it is', async () => {
    const { estimates, found } = await frameOver(golden);
    expect(estimates.reason).toBeNull();
    const { transmittance, excessNoiseSnu } = found?.estimate ?? never();
    expect(offBy(transmittance, golden.link.transmittance)).toBeLessThan(4);
    expect(offBy(excessNoiseSnu, golden.link.excessNoiseSnu)).toBeLessThan(4);
    expect(estimates.keyRate).toBeGreaterThan(1e6);
  });

  it('gives the same frame for the same seed and name, another for another', async () => {
    const first = await frameOver(golden);
    expect(await frameOver(golden)).toEqual(first);
    expect((await frameOver(golden, 'other')).estimates).not.toEqual(first.estimates);
    expect((await frameOver({ ...golden, seed: 2 })).estimates).not.toEqual(first.estimates);
  });

  it('leaves no key where the two ends do not share their light', async () => {
    const { estimates } = await frameOver(golden, 'frame', { ...golden, seed: 2 });
    expect(estimates.keyRate).toBe(0);
    expect(estimates.reason).toMatch(/excess|Eve|transmittance/);
  });

  it.each([
    ['psk', { kind: 'psk', points: 4 }],
    ['qam', { kind: 'qam', side: 8 }],
    ['pcs-qam', { kind: 'pcs-qam', side: 8, shaping: 0.07 }],
    ['binomial-qam', { kind: 'binomial-qam', side: 8 }],
  ] as const)(
    'sends %s, too, and knows its key rate to be below Gaussian',
    async (_, modulation) => {
      const { estimates, found } = await frameOver({ ...golden, modulation });
      const gaussian = await frameOver(golden);
      expect(
        offBy(found?.estimate.transmittance ?? never(), golden.link.transmittance),
      ).toBeLessThan(4);
      expect(estimates.keyRate).toBeLessThan(gaussian.estimates.keyRate + 5e5);
    },
  );

  it.each([
    ['psk:2', { kind: 'psk', points: 2 }],
    ['psk:4', { kind: 'psk', points: 4 }],
    ['qam:2', { kind: 'qam', side: 2 }],
  ] as const)(
    'is not alarmed by few bright states, which do not look normal: %s',
    async (_, modulation) => {
      const { found } = await frameOver({ ...golden, modulation, modulationVarianceSnu: 8 });
      expect(found?.alarms).toEqual([]);
    },
  );

  it('draws what a fault does to the estimates by its formula, where no symbol is sent', async () => {
    const kind = faultKinds.find(({ name }) => name === 'intercept-resend') ?? never();
    const plan = { ...golden, fidelity: 'oracle', faults: [kind.make({ share: 0.2 })] } as const;
    const { found, estimates } = await frameOver(plan);
    expect(offBy(found?.estimate.excessNoiseSnu ?? never(), 0.43)).toBeLessThan(4);
    expect(estimates.keyRate).toBe(0);
  });

  it('measures x alone by homodyne detection', async () => {
    const detector = { ...golden.link.detector, kind: 'homodyne' } as const;
    const { found } = await frameOver({ ...golden, link: { ...golden.link, detector } });
    const { transmittance, samples } = found?.estimate ?? never();
    expect(samples).toBe(golden.frameSymbols / 2);
    expect(offBy(transmittance, golden.link.transmittance)).toBeLessThan(4);
  });

  it('reports half of the excess noise, and too much key, by the convention of the detector', async () => {
    const physical = await frameOver(golden);
    const halved = await frameOver({ ...golden, convention: 'detector' });
    const ratio = halved.estimates.excessNoiseSnu / physical.estimates.excessNoiseSnu;
    expect(ratio).toBeCloseTo(0.5, 10);
    expect(halved.estimates.keyRate).toBeGreaterThan(1.1 * physical.estimates.keyRate);
    expect(halved.found).toEqual(physical.found);
  });

  it('draws estimates without symbols that lie where those with symbols lie', async () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const draw = (fidelity: 'oracle' | 'symbols') =>
      Promise.all(
        seeds.map(async (seed) => {
          const plan = {
            ...golden,
            frameSymbols: 10_000,
            revealedSymbols: 5000,
            calibrationSamples: 10_000,
            seed,
            fidelity,
          };
          return (await frameOver(plan)).found?.estimate.excessNoiseSnu.value ?? never();
        }),
      );
    const [drawn, measured] = [await draw('oracle'), await draw('symbols')];
    expect(mean(drawn)).toBeCloseTo(golden.link.excessNoiseSnu, 1);
    expect(spread(drawn) / spread(measured)).toBeGreaterThan(0.6);
    expect(spread(drawn) / spread(measured)).toBeLessThan(1.6);
  });

  it.each(['intercept-resend', 'saturation', 'blinding', 'index-slip', 'oscillator-power'])(
    'gives no key under %s',
    async (name) => {
      const kind = faultKinds.find((one) => one.name === name) ?? never();
      const values = name === 'intercept-resend' ? { share: 0.2 } : {};
      const { estimates } = await frameOver({ ...golden, faults: [kind.make(values)] });
      expect(estimates.keyRate).toBe(0);
      expect(estimates.reason).not.toBeNull();
      if (name === 'saturation') expect(estimates.reason).toMatch(/^health test: mean/);
    },
  );

  it('overflows where the converter has too small a range', async () => {
    const kind = faultKinds.find(({ name }) => name === 'converter-overflow') ?? never();
    const transmitter = simulatedTransmitter({ ...golden, faults: [kind.make()] });
    expect(await transmitter.prepare('frame')).toBe('overflow');
    expect(await simulatedTransmitter(golden).prepare('frame')).toBe('ready');
  });

  it('heals a polarisation that is turned away once it is aligned', async () => {
    const kind = faultKinds.find(({ name }) => name === 'polarisation-angle') ?? never();
    const plan = { ...golden, faults: [kind.make()] };
    expect((await frameOver(plan)).estimates.transmittance).toBeLessThan(0.3);
    const transmitter = simulatedTransmitter(plan);
    const receiver = simulatedReceiver(plan);
    await receiver.alignPolarisation();
    expect((await acquire(transmitter, receiver)).transmittance).toBeGreaterThan(0.7);
  });

  it('has no symbols beyond the frame', async () => {
    const transmitter = simulatedTransmitter(golden);
    expect(transmitter.symbolsAt([0])).toBeNull();
    await transmitter.prepare('frame');
    expect(transmitter.symbolsAt([0])?.real).toHaveLength(1);
    for (const index of [-1, 200_000, 0.5]) expect(transmitter.symbolsAt([index])).toBeNull();
  });
});

async function frameOver(plan: LinkPlan, frame = 'frame', bobs = plan) {
  const transmitter = simulatedTransmitter(plan);
  const receiver = simulatedReceiver(bobs);
  const estimates = await acquire(transmitter, receiver, frame);
  return { estimates, found: receiver.found };
}

async function acquire(
  transmitter: ReturnType<typeof simulatedTransmitter>,
  receiver: ReturnType<typeof simulatedReceiver>,
  frame = 'frame',
) {
  await transmitter.prepare(frame);
  await receiver.arm(frame);
  await receiver.trigger();
  await transmitter.emit();
  await receiver.acquire();
  const indices = Array.from({ length: transmitter.frameSymbols / 2 }, (_, k) => 2 * k);
  const revealed = transmitter.symbolsAt(indices) ?? never();
  return receiver.estimate(indices, revealed, transmitter.photonNumberMean);
}

function offBy({ value, deviation }: { value: number; deviation: number }, truth: number) {
  return Math.abs(value - truth) / deviation;
}

function mean(values: readonly number[]) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]) {
  return Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
}

function never(): never {
  throw new Error('there must be one');
}
