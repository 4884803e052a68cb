import { faultKind } from './fault-kind.ts';

/** Alice's photon meter reads wrong. */
export const photonNumber = faultKind({
  name: 'photon-number',
  summary: 'the photon meter reads too much or too little',
  parameters: {
    overstated: { meaning: 'share by which it reads more', usual: 0.1, least: -0.9, most: 10 },
  },
  make: (value) => {
    const factor = 1 + value('overstated');
    return {
      photonNumberFactor: factor,
      signature: ({ transmittance, excessNoiseSnu }) => ({
        transmittance: transmittance / factor,
        excessNoiseSnu: excessNoiseSnu * factor,
      }),
    };
  },
});
