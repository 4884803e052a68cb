import { noisier } from './amplitude.ts';
import { addNoise } from './noise.ts';
import { faultKind } from './fault-kind.ts';

/** For a while the channel is noisier. */
export const noiseBurst = faultKind({
  name: 'noise-burst',
  summary: 'the channel is noisier for a part of the frame',
  parameters: {
    share: { meaning: 'share of the frame', usual: 0.02, least: 0, most: 1 },
    excessNoiseSnu: { meaning: 'excess noise meanwhile, SNU', usual: 1, least: 0, most: 100 },
  },
  make: (value) => {
    const share = value('share');
    const meanwhile = value('excessNoiseSnu');
    return {
      onLight: (light, { link, source }) => {
        const count = Math.round(share * light.x.length);
        const from = Math.floor(source.unit() * (light.x.length - count));
        const more = Math.max(0, meanwhile - link.excessNoiseSnu) * link.transmittance;
        addNoise(light, more, source, { from, to: from + count });
      },
      signature: (link) => noisier(link, share * Math.max(0, meanwhile - link.excessNoiseSnu)),
    };
  },
});
