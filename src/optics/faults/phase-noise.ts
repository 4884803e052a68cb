import { rotate, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** What phase recovery leaves: a random angle a symbol. */
export const phaseNoise = faultKind({
  name: 'phase-noise',
  summary: 'each symbol is turned by a random angle',
  parameters: {
    rmsRad: { meaning: 'standard deviation of the angle, rad', usual: 0.1, least: 0, most: 3 },
  },
  make: (value) => {
    const rms = value('rmsRad');
    return {
      onLight: (light, { source }) => {
        const angles = new Float64Array(light.x.length);
        source.fillNormal(angles, rms);
        rotate(light, (at) => angles[at] ?? 0);
      },
      signature: (link) => varying(link, Math.exp(-(rms ** 2) / 2), 1),
    };
  },
});
