import { turn } from '#src/base/portable-math.ts';
import { scale, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The polarisation turns away from the local oscillator's during the frame. */
export const polarisationDrift = faultKind({
  name: 'polarisation-drift',
  summary: 'the polarisation turns away during the frame',
  parameters: {
    endRad: { meaning: 'the angle at the end of the frame, rad', usual: 0.5, least: 0, most: 1.57 },
  },
  make: (value) => {
    const end = value('endRad');
    return {
      onLight: (light) => scale(light, (at) => turn((end * (at + 0.5)) / light.x.length)[0]),
      signature: (link) =>
        end === 0
          ? varying(link, 1, 1)
          : varying(link, Math.sin(end) / end, 0.5 + Math.sin(2 * end) / (4 * end)),
    };
  },
});
