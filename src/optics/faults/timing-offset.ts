import { turn } from '#src/base/portable-math.ts';
import { varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** QOSST's root-raised-cosine roll-off. */
const rollOff = 0.5;
/** Neighbours whose pulses are taken into account, each way. */
const reach = 16;

/** Symbols are sampled beside their middle, so that their neighbours are seen, too. */
export const timingOffset = faultKind({
  name: 'timing-offset',
  summary: 'symbols are sampled beside their middle',
  parameters: {
    symbols: { meaning: 'the offset, in symbols', usual: 0.1, least: -0.5, most: 0.5 },
  },
  make: (value) => {
    const taps = Array.from({ length: 2 * reach + 1 }, (_, k) =>
      raisedCosine(k - reach + value('symbols')),
    );
    const power = taps.reduce((sum, tap) => sum + tap * tap, 0);
    return {
      misfound: { lateSymbols: value('symbols') },
      onLight: ({ x, p }) => {
        x.set(filtered(x, taps));
        p.set(filtered(p, taps));
      },
      signature: (link) => varying(link, taps[reach] ?? 0, power),
    };
  },
});

function filtered(samples: Float64Array, taps: readonly number[]): Float64Array {
  return samples.map((_, at) =>
    taps.reduce((sum, tap, k) => sum + tap * (samples[at - k + reach] ?? 0), 0),
  );
}

/** The raised-cosine pulse, t in symbols. */
function raisedCosine(t: number): number {
  const slope = 1 - (2 * rollOff * t) ** 2;
  const sinc = t === 0 ? 1 : turn(Math.PI * t)[1] / (Math.PI * t);
  const roll = slope === 0 ? Math.PI / 4 : turn(Math.PI * rollOff * t)[0] / slope;
  return sinc * roll;
}
