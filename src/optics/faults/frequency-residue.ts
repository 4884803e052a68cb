import { rotate, varying } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** The beat frequency is found a little wrong: the angle runs on through each subframe. */
export const frequencyResidue = faultKind({
  name: 'frequency-residue',
  summary: 'the angle runs on through each subframe',
  parameters: {
    turns: { meaning: 'turns a subframe', usual: 0.3, least: -10, most: 10 },
    subframe: { meaning: 'symbols of a subframe', usual: 10_000, least: 2, most: 1e8 },
  },
  make: (value) => {
    const turns = value('turns');
    const subframe = Math.round(value('subframe'));
    return {
      misfound: { residue: { turns, subframe } },
      onLight: (light) =>
        rotate(light, (at) => 2 * Math.PI * turns * (((at % subframe) + 0.5) / subframe - 0.5)),
      signature: (link) => varying(link, sinc(turns), 1),
    };
  },
});

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
