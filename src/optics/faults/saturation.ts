import { parts } from '../quadratures.ts';
import { faultKind } from './fault-kind.ts';
import { resendingNoiseSnu } from './intercept-resend.ts';
import { addNoise } from './noise.ts';

/**
 * Eve measures everything and hides her noise: she shifts the detector into its linear range's end,
 * where it is cut off.
 * @see H. Qin, R. Kumar, R. Alléaume, Phys. Rev. A 94, 012325 (2016).
 */
export const saturation = faultKind({
  name: 'saturation',
  summary: 'intercept-resend of everything, hidden by driving the detector into saturation',
  parameters: {
    shift: { meaning: 'displacement, √SNU', usual: 1.39, least: 0, most: 100 },
    rail: { meaning: 'where the detector saturates, √SNU', usual: 3, least: 0.1, most: 100 },
  },
  make: (value) => {
    const shift = value('shift');
    const rail = value('rail');
    return {
      onLight: (light, { link, source }) =>
        addNoise(light, resendingNoiseSnu * link.transmittance, source),
      onSamples: (samples) => {
        for (const part of parts(samples)) {
          for (let at = 0; at < part.length; at += 1) {
            part[at] = Math.min(rail, (part[at] ?? 0) + shift);
          }
        }
      },
      signature: () => null,
    };
  },
});
