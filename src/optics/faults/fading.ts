import { scale, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** A turbulent channel: the amplitude changes from one stretch to the next. */
export const fading = faultKind({
  name: 'fading',
  summary: 'the amplitude changes from one stretch of symbols to the next',
  parameters: {
    depth: { meaning: 'amplitudes lie between 1 - depth and 1', usual: 0.3, least: 0, most: 1 },
    stretch: { meaning: 'symbols for which one amplitude holds', usual: 100, least: 1, most: 1e6 },
  },
  make: (value) => {
    const depth = value('depth');
    const stretch = Math.round(value('stretch'));
    return {
      onLight: (light, { source }) => {
        let factor = 1;
        scale(light, (at) => {
          if (at % stretch === 0) factor = 1 - depth * source.unit();
          return factor;
        });
      },
      signature: (link) => varying(link, 1 - depth / 2, 1 - depth + depth ** 2 / 3),
    };
  },
});
