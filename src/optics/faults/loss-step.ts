import { scale, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The fibre loses more from some symbol on. */
export const lossStep = faultKind({
  name: 'loss-step',
  summary: 'the fibre loses more from some symbol on',
  parameters: {
    lossDb: { meaning: 'additional loss, dB', usual: 3, least: 0, most: 60 },
    share: { meaning: 'share of the frame that it meets', usual: 0.5, least: 0, most: 1 },
  },
  make: (value) => {
    const factor = 10 ** (-value('lossDb') / 20);
    const share = value('share');
    return {
      onLight: (light) => {
        const from = Math.round((1 - share) * light.x.length);
        scale(light, (at) => (at < from ? 1 : factor));
      },
      signature: (link) =>
        varying(link, 1 - share + share * factor, 1 - share + share * factor ** 2),
    };
  },
});
