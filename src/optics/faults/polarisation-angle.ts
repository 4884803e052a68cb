import { turn } from '#src/base/portable-math.ts';
import { scale, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The polarisation is turned away from the local oscillator's, until it is aligned. */
export const polarisationAngle = faultKind({
  name: 'polarisation-angle',
  summary: 'the polarisation is turned away until it is recovered',
  parameters: {
    angleRad: { meaning: 'the angle, rad', usual: 1, least: 0, most: 1.57 },
  },
  make: (value) => {
    const [cos] = turn(value('angleRad'));
    return {
      isPolarisation: true,
      onLight: (light) => scale(light, () => cos),
      signature: (link) => varying(link, cos, cos ** 2),
    };
  },
});
