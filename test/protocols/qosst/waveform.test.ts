import { describe, expect, it } from 'vitest';
import { sessionOver } from './optics.ts';

const waveform = { optics: 'waveform' };

describe('a session over light that is simulated as a waveform', () => {
  it.each([1, 2])('ends in equal keys: seed %i', async (seed) => {
    const { alice, bob, passed, said } = await sessionOver({ seed, options: waveform });
    expect(passed).toBe(true);
    expect(said).toContain('paSuccess');
    expect(bob['T estimated']).toMatch(/^0\.7|^0\.8/);
    expect(bob['final key']).toMatch(/^\d+ bits, SHA-256 [0-9a-f]{16}$/);
    expect(bob['final key']).toBe(alice['final key']);
  });

  it('tells what the signal processing found', async () => {
    const path = { beatFrequencyHz: -4e6, clockOffsetPpm: 30 };
    const { bob } = await sessionOver({ seed: 1, options: { ...waveform, ...path } });
    expect(Number(bob['beat of the lasers found, Hz'])).toBeCloseTo(-4e6, -3);
    expect(Number(bob['clock offset found, ppm'])).toBeCloseTo(30, 1);
  });

  it.each([{ lineWidthHz: 1e6 }, { pilotPhotonNumber: 0.01 }, { pilotPhotonNumber: 0 }])(
    'is denied where the phase cannot be followed: %o',
    async (options) => {
      const { alice, bob, passed, said } = await sessionOver({
        seed: 1,
        options: { ...waveform, ...options },
      });
      expect(passed).toBe(true);
      expect(said).toContain('peDenied');
      expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
    },
  );
});

describe('a fault of the optics, in a waveform', () => {
  it.each([
    ['static-phase:angleRad=1', /^none: Eve may know/],
    ['frequency-residue', /^none: Eve may know/],
    ['timing-offset:symbols=0.4', /^none: Eve may know/],
    ['index-slip', /^none/],
    ['intercept-resend:share=0.2', /^none: Eve may know/],
  ] as const)('%s is denied: the key rate is 0', async (fault, why) => {
    const { alice, bob, said, passed } = await sessionOver({
      seed: 1,
      options: { ...waveform, faults: [fault] },
    });
    expect(passed).toBe(true);
    expect(said).toContain('peDenied');
    expect(bob['key, bit/symbol']).toMatch(why);
    expect([alice, bob].some((account) => 'final key' in account)).toBe(false);
  });

  it.each(['saturation', 'blinding'])('%s is denied: a health test noticed it', async (fault) => {
    const { bob, said } = await sessionOver({ seed: 1, options: { ...waveform, faults: [fault] } });
    expect(said).toContain('peDenied');
    expect(bob['health test']).toMatch(/^(mean|skew|kurtosis|rail) is /);
  });
});

describe('options of a waveform that make no sense', () => {
  it.each([
    [{ detector: 'homodyne' }, "detector is 'homodyne', not 'heterodyne': a waveform needs both"],
    [{ frameSymbols: 3_000_000 }, 'frameSymbols is 3000000, not from 4 to 2000000'],
    [
      { optics: 'simulated', lineWidthHz: 100 },
      "lineWidthHz is an option of optics 'waveform' alone",
    ],
  ] as const)('%o are told in one line', async (options, line) => {
    const failing = sessionOver({ seed: 1, options: { ...waveform, ...options } });
    await expect(failing).rejects.toThrow(line);
  });
});
