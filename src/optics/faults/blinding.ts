import { parts } from '../quadratures.ts';
import { faultKind } from './fault-kind.ts';

/** External light drives the detector to its rail, where it sees next to nothing. */
export const blinding = faultKind({
  name: 'blinding',
  summary: 'external light holds the detector at its rail',
  parameters: {
    offset: { meaning: 'where the samples come to lie, √SNU', usual: 3.1, least: 0, most: 100 },
    gain: { meaning: 'what is left of the signal', usual: 0.05, least: 0, most: 1 },
    rail: { meaning: 'where the detector saturates, √SNU', usual: 3, least: 0.1, most: 100 },
  },
  make: (value) => ({
    onSamples: (samples) => {
      for (const part of parts(samples)) {
        for (let at = 0; at < part.length; at += 1) {
          const seen = value('gain') * (part[at] ?? 0) + value('offset');
          part[at] = Math.min(value('rail'), seen);
        }
      }
    },
    signature: () => null,
  }),
});
