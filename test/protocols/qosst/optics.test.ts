import { describe, expect, it } from 'vitest';
import { faultKinds } from '#src/optics/faults/all.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { sessionOver, withOptions } from './optics.ts';

const aKey = /^\d+ bits, SHA-256 [0-9a-f]{16}$/;

describe('a session over simulated light', () => {
  it.each([1, 2, 3, 4])('ends in equal keys: seed %i', async (seed) => {
    const { alice, bob, passed, said } = await sessionOver({ seed });
    expect(passed).toBe(true);
    expect(said).toContain('paSuccess');
    expect(alice['final key']).toMatch(aKey);
    expect(bob['final key']).toBe(alice['final key']);
    expect(bob['blocks, lost']).toMatch(/^2, [01]$/);
  });

  it('is the same for the same seed, with another key for another', async () => {
    const first = await sessionOver({ seed: 1 });
    expect((await sessionOver({ seed: 1 })).bob).toEqual(first.bob);
    expect((await sessionOver({ seed: 2 })).bob['final key']).not.toBe(first.bob['final key']);
  });

  it.each(['qam:8', 'pcs-qam:8:0.07', 'binomial-qam:8'])(
    'ends in equal keys of %s, shorter than of Gaussian symbols',
    async (modulation) => {
      const options = { modulation, excessNoiseSnu: 0.02 };
      const { alice, bob, passed } = await sessionOver({ seed: 1, options });
      expect(passed).toBe(true);
      expect(bob['T estimated']).toMatch(/^0\.7|^0\.8/);
      expect(bob['final key']).toMatch(aKey);
      expect(bob['final key']).toBe(alice['final key']);
      const gaussian = await sessionOver({ seed: 1, options: { excessNoiseSnu: 0.02 } });
      expect(bits(bob)).toBeLessThan(bits(gaussian.bob));
    },
  );

  it('ends in equal keys of one quadrature, measured by homodyne detection', async () => {
    const options = { detector: 'homodyne', modulationVarianceSnu: 0.33, excessNoiseSnu: 0.01 };
    const { alice, bob, passed } = await sessionOver({
      seed: 1,
      options: { ...options, revealedSymbols: 60_000, frameSymbols: 93_000 },
    });
    expect(passed).toBe(true);
    expect(bob['blocks, lost']).toBe('2, 0');
    expect(bob['final key']).toMatch(aKey);
    expect(bob['final key']).toBe(alice['final key']);
  });

  it('gives a detector that is not trusted less of a key, or none', async () => {
    const { bob, passed, said } = await sessionOver({ seed: 1, options: { trust: 'untrusted' } });
    expect(passed).toBe(true);
    expect(said).toContain('peDenied');
    expect(bob['key, bit/symbol']).toMatch(/^none: Eve may know/);
  });

  it('denies so few states that their bound leaves no key: psk:4', async () => {
    const { bob, passed, said } = await sessionOver({ seed: 1, options: { modulation: 'psk:4' } });
    expect(passed).toBe(true);
    expect(said).toContain('peDenied');
    expect(bob['key, bit/symbol']).toMatch(/^none: Eve may know/);
  });

  it('tells of a key that is shorter by the excess noise, and of none behind a long fibre', async () => {
    const quiet = await sessionOver({ seed: 1, options: { excessNoiseSnu: 0.01 } });
    const noisy = await sessionOver({ seed: 1 });
    expect(bits(quiet.bob)).toBeGreaterThan(bits(noisy.bob));
    const far = await sessionOver({ seed: 1, options: { distanceKm: 200 } });
    expect(far.said).toContain('peDenied');
    expect(far.bob).not.toHaveProperty('final key');
    expect(far.passed).toBe(true);
  });
});

describe('a key that must be secret for a block of its size', () => {
  it('is not made of a short frame, however good the link looks', async () => {
    const { alice, bob, said, passed } = await sessionOver({
      seed: 1,
      options: { security: 'finite-size' },
    });
    expect(bob['key, bit/symbol']).toMatch(/^0\.\d+$/);
    expect(bob['key of a block of this size, bit/symbol']).toMatch(/^none: Eve may know/);
    expect(said).toContain('peDenied');
    expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
    expect(passed).toBe(true);
  });
});

describe('a fault of the optics', () => {
  it.each(faultKinds.map(({ name }) => name))('never ends in unequal keys: %s', async (fault) => {
    const { alice, bob, passed, said } = await sessionOver({
      seed: 3,
      options: { faults: [fault] },
    });
    expect(passed).toBe(true);
    expect(bob['final key']).toBe(alice['final key']);
    expect('final key' in bob).toBe(said.includes('paSuccess'));
  });

  it.each([
    ['intercept-resend:share=0.2', /^none: Eve may know/],
    ['intercept-resend:share=1', /^none: Eve may know/],
    ['oscillator-power:factor=0.9', /^none: excessNoiseSnu is -/],
    ['index-slip', /^none/],
  ] as const)('%s is denied: the key rate is 0', async (fault, why) => {
    const { alice, bob, said, passed } = await sessionOver({
      seed: 1,
      options: { faults: [fault] },
    });
    expect(said).toContain('peDenied');
    expect(said).not.toContain('ecInitialization');
    expect(bob['key, bit/symbol']).toMatch(why);
    expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
    expect(passed).toBe(true);
  });

  it.each(['saturation', 'blinding', 'clipping:sigmas=2'])(
    '%s is denied: a health test noticed it',
    async (fault) => {
      const { bob, said } = await sessionOver({ seed: 1, options: { faults: [fault] } });
      expect(said).toContain('peDenied');
      expect(bob['health test']).toMatch(/^(mean|skew|kurtosis|rail) is /);
    },
  );

  it('that the estimates do not show loses the blocks that it meets', async () => {
    const faults = ['loss-step:lossDb=6,share=0.1'];
    const { alice, bob, said } = await sessionOver({ seed: 1, options: { faults } });
    expect(said).toContain('peApproved');
    expect(said).toContain('ecBlockError');
    expect(bob['blocks, lost']).toBe('2, 1');
    expect(bob['final key']).toBe(alice['final key']);
  });

  it('of the converter is an ABORT in place of QIE_READY', async () => {
    const faults = ['converter-overflow'];
    const { bob, said, passed } = await sessionOver({ seed: 1, options: { faults } });
    const from = said.indexOf('qieRequest');
    expect(said.slice(from, from + 2)).toEqual(['qieRequest', 'abort']);
    expect(said).not.toContain('qieReady');
    expect(bob).toEqual({});
    expect(passed).toBe(true);
  });

  it('of the polarisation is healed by its recovery', async () => {
    const faults = ['polarisation-angle'];
    const { alice, bob } = await sessionOver({ seed: 1, options: { faults } });
    expect(bob['T estimated']).toMatch(/^0\.7|^0\.8/);
    expect(bob['final key']).toMatch(aKey);
    expect(bob['final key']).toBe(alice['final key']);
  });
});

describe('sides that do not share their light', () => {
  it.each([
    ['a generator', { optics: 'generated' }],
    ['another seed', { opticsSeed: 77 }],
  ])('come to no key: Alice has %s', async (_, other) => {
    const records = { alice: withOptions(qosst.sides['alice'], other) };
    const { alice, bob, said, passed } = await sessionOver({ seed: 1, records });
    expect(said).toContain('peDenied');
    expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
    expect(passed).toBe(true);
  });
});

describe('an oracle', () => {
  const options = { optics: 'oracle' };

  it('approves an honest link and denies another, and makes no key', async () => {
    const fine = await sessionOver({ seed: 1, options });
    expect(fine.said).toContain('peApproved');
    expect(fine.said).toContain('paSuccess');
    expect(fine.bob['T estimated']).toMatch(/^0\.7|^0\.8/);
    const faults = ['intercept-resend:share=0.3'];
    const tapped = await sessionOver({ seed: 1, options: { ...options, faults } });
    expect(tapped.said).toContain('peDenied');
    for (const { alice, bob, passed } of [fine, tapped]) {
      expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
      expect(passed).toBe(true);
    }
  });
});

describe('the excess noise by the convention of the detector', () => {
  const pinned = { excessNoiseConvention: 'detector' };

  it('looks half as large, and the key rate too good; the key is as short as before', async () => {
    const [as, halved] = [await sessionOver({ seed: 1 }), await sessionOver({ seed: 1, pinned })];
    const told = ({ ledger }: typeof as, name: string) => Number(ledger[name]);
    const noise = 'excess noise, SNU';
    expect(told(halved, noise) / told(as, noise)).toBeCloseTo(0.5, 6);
    expect(told(halved, 'key rate, bit/s')).toBeGreaterThan(told(as, 'key rate, bit/s'));
    expect(halved.bob).toEqual(as.bob);
    expect(halved.passed).toBe(true);
  });
});

describe('a seed that Alice reads in another order', () => {
  it('is a success by every message, and another key', async () => {
    const options = { amplificationSeed: 'reversed' };
    const { alice, bob, said, passed } = await sessionOver({ seed: 1, options });
    expect(said).toContain('paSuccess');
    expect(passed).toBe(true);
    expect(alice['final key']).toMatch(aKey);
    expect(bob['final key']).toMatch(aKey);
    expect(bob['final key']).not.toBe(alice['final key']);
  });
});

describe('options of the optics that make no sense', () => {
  it.each([
    [{ frameSymbols: 3 }, 'frameSymbols is 3, not from 4 to 10000000'],
    [{ frameSymbols: 1e9 }, 'frameSymbols is 1000000000, not from 4 to 10000000'],
    [{ revealedSymbols: 80_000 }, 'revealedSymbols is 80000, not from 3 to 76500'],
    [{ modulation: 'psk:3' }, 'psk has 3 points, not a power of 2 from 2 to 256'],
    [{ modulation: 'gausian' }, "no modulation 'gausian'; did you mean 'gaussian'?"],
    [{ faults: ['lossstep'] }, "no fault 'lossstep'; did you mean 'loss-step'?"],
    [
      { faults: ['fading:depth=x'] },
      /^(fault 'fading' has no 'depth'|depth of fault 'fading' is 'x', not from)/,
    ],
    [
      { optics: 'oracle', faults: ['saturation'] },
      "no formula for fault 'saturation': optics must be 'simulated' for it",
    ],
  ] as const)('%o are told in one line', async (options, line) => {
    const failing = sessionOver({ seed: 1, options });
    await expect(failing).rejects.toThrow(line);
  });
});

function bits(account: Readonly<Record<string, string | number>>): number {
  return Number.parseInt(String(account['final key']), 10);
}
