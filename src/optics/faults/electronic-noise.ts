import { detectedShare, noisier } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The electronics got noisier since they were calibrated. */
export const electronicNoise = faultKind({
  name: 'electronic-noise',
  summary: 'the electronics are noisier than at calibration',
  parameters: {
    addedSnu: { meaning: 'added to V_el, SNU', usual: 0.02, least: 0, most: 10 },
  },
  make: (value) => ({
    electronicNoiseSnu: value('addedSnu'),
    signature: (link) =>
      noisier(link, value('addedSnu') / (detectedShare(link) * link.transmittance)),
  }),
});
