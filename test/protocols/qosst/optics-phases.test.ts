import { describe, expect, it } from 'vitest';
import type { BobMemory } from '#src/protocols/qosst/reference/bob.ts';
import { bob } from '#src/protocols/qosst/reference/bob.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { sessionOver } from './optics.ts';
import { pairsIn, pairwise } from './pairs.ts';

/** What the optics can be, against the course that the session takes through its phases. */
const dimensions = {
  modulation: ['gaussian', 'psk:4', 'qam:8', 'pcs-qam:8:0.07', 'binomial-qam:8'],
  fault: [
    'none',
    'loss-step:lossDb,6;share,0.1',
    'noise-burst',
    'intercept-resend:share,0.2',
    'polarisation-angle',
    'saturation',
    'photon-number',
    'converter-overflow:sigmas,4.4',
  ],
  distanceKm: ['1', '5', '12'],
  blockBits: ['8192', '16384'],
  course: ['all phases', 'no recovery', 'no parameter change', 'two frames'],
  excessNoiseConvention: ['channel', 'detector'],
};

/** Bob who leaves a phase out, or shares two frames. */
function bobWho(course: string): SideRecord<BobMemory> {
  return {
    ...bob,
    memory(random, settings) {
      const memory = bob.memory(random, settings);
      const done = {
        ...memory.done,
        recovery: course === 'no recovery',
        parameter: course === 'no parameter change',
      };
      return { ...memory, done, plan: { frames: course === 'two frames' ? 2 : 1 } };
    },
  };
}

const combinations = pairwise(dimensions);

describe('optics and phases, any two values of any two together', () => {
  it('are all there', () => {
    const met = new Set(combinations.flatMap((combination) => pairsIn(combination)));
    const { fault, course, modulation } = dimensions;
    for (const left of fault) {
      for (const right of course) expect(met).toContain(`course=${right}&fault=${left}`);
      for (const right of modulation) expect(met).toContain(`fault=${left}&modulation=${right}`);
    }
    expect(combinations.length).toBeLessThan(60);
  });

  it.each(combinations.map((combination) => [Object.values(combination).join(' '), combination]))(
    'end in equal keys or in none: %s',
    async (_, combination) => {
      const { fault = 'none', course = '', modulation, distanceKm, blockBits } = combination;
      const faults = fault === 'none' ? [] : [fault.replaceAll(',', '=').replaceAll(';', ',')];
      const { excessNoiseConvention = 'channel' } = combination;
      const options = {
        ...{ modulation, faults, distanceKm: Number(distanceKm), blockBits: Number(blockBits) },
        excessNoiseSnu: 0.02,
      };
      const { alice, bob, said, passed } = await sessionOver({
        seed: 1,
        options,
        pinned: { excessNoiseConvention },
        records: { bob: bobWho(course) },
      });
      expect(passed).toBe(true);
      expect(bob['final key']).toEqual(alice['final key']);
      const successes = said.filter((message) => message === 'paSuccess').length;
      expect('final key' in bob).toBe(successes > 0);
      expect(said.at(-1)).toBe('disconnectionAck');
      if (course === 'no recovery') expect(said).not.toContain('requestPolarisationRecovery');
    },
  );
});
