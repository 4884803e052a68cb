import { rotate, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The global angle is found wrong. */
export const staticPhase = faultKind({
  name: 'static-phase',
  summary: 'all symbols are turned by the same angle',
  parameters: {
    angleRad: { meaning: 'the angle, rad', usual: 0.15, least: -3.2, most: 3.2 },
  },
  make: (value) => {
    const angle = value('angleRad');
    return {
      misfound: { angleRad: angle },
      onLight: (light) => rotate(light, () => angle),
      signature: (link) => varying(link, Math.cos(angle), 1),
    };
  },
});
