import { detectedShare } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The local oscillator is weaker or stronger than when the shot noise was measured. */
export const oscillatorPower = faultKind({
  name: 'oscillator-power',
  summary: 'the local oscillator changed since calibration',
  parameters: {
    factor: { meaning: 'its power, as a factor', usual: 0.98, least: 0.01, most: 10 },
  },
  make: (value) => {
    const factor = value('factor');
    return {
      oscillatorPower: factor,
      signature: (link) => {
        const share = detectedShare(link);
        const noise = factor * (1 + share * link.transmittance * link.excessNoiseSnu) - 1;
        return {
          transmittance: factor * link.transmittance,
          excessNoiseSnu: noise / (share * factor * link.transmittance),
        };
      },
    };
  },
});
