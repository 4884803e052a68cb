import { linkSeen, rateFormula, type Seen } from './findings.ts';
import type { KeyRate } from './key-rate/gaussian.ts';
import { fibreTransmittance } from './link.ts';
import type { LinkPlan, Security } from './plan.ts';
import { meanEstimate } from './sampling.ts';

/** How the key rate falls with the fibre's length, everything else being as Bob found it. */
export interface RateOverDistance {
  /** At this length, with this excess noise; the one he found unless said. */
  at(distanceKm: number, excessNoiseSnu?: number): Readonly<Record<Security, KeyRate>>;
  /** Where the asymptotic rate ends, to 10 m; `null`: it goes on beyond `mostKm`, or never began. */
  endKm(mostKm: number, excessNoiseSnu?: number): number | null;
}

/** Key rates of the plan's modulation and sizes over a fibre of any length. */
export function rateOverDistance(plan: LinkPlan, seen: Omit<Seen, 'acquired'>): RateOverDistance {
  const found = linkSeen(plan, seen);
  const formula = rateFormula(plan, found.modulationVarianceSnu);
  const { samples } = seen.estimate;
  const { calibrationSamples } = plan;
  const at: RateOverDistance['at'] = (distanceKm, excessNoiseSnu = found.excessNoiseSnu) => {
    const link = { ...found, transmittance: fibreTransmittance(distanceKm), excessNoiseSnu };
    return formula(link, meanEstimate(link, { samples, calibrationSamples }));
  };
  const isRate = (distanceKm: number, noise?: number) =>
    at(distanceKm, noise).asymptotic.kind === 'rate';
  return {
    at,
    endKm(mostKm, noise) {
      if (!isRate(0, noise) || isRate(mostKm, noise)) return null;
      let [least, most] = [0, mostKm];
      while (most - least > 0.01) {
        const middle = (least + most) / 2;
        if (isRate(middle, noise)) least = middle;
        else most = middle;
      }
      return least;
    },
  };
}
