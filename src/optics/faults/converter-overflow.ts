import { faultKind } from './fault-kind.ts';

/** Alice's converter has too small a range for her symbols: she must not emit them. */
export const converterOverflow = faultKind({
  name: 'converter-overflow',
  summary: "Alice's converter cannot play her largest symbols",
  parameters: {
    sigmas: { meaning: 'its range, in standard deviations', usual: 2, least: 0.1, most: 10 },
  },
  make: (value) => ({
    converterSigmas: value('sigmas'),
    signature: ({ transmittance, excessNoiseSnu }) => ({ transmittance, excessNoiseSnu }),
  }),
});
