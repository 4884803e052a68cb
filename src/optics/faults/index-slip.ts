import { parts } from '../quadratures.ts';
import { faultKind } from './fault-kind.ts';

/** Bob counts symbols from the wrong one. */
export const indexSlip = faultKind({
  name: 'index-slip',
  summary: 'Bob counts symbols from the wrong one',
  parameters: {
    symbols: { meaning: 'symbols too late', usual: 1, least: 1, most: 1e6 },
  },
  make: (value) => ({
    misfound: { lateSymbols: Math.round(value('symbols')) },
    onSamples: (samples) => {
      const slip = Math.round(value('symbols')) % Math.max(1, samples.x.length);
      for (const part of parts(samples)) {
        const head = part.slice(0, slip);
        part.copyWithin(0, slip);
        part.set(head, part.length - slip);
      }
    },
    signature: () => null,
  }),
});
