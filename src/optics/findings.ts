import type { Calibration } from './calibration.ts';
import type { Estimate } from './estimation.ts';
import type { Estimates } from './front-end.ts';
import { healthAlarms, type HealthAlarm } from './health.ts';
import { constellationConstants, discreteKeyRate } from './key-rate/discrete.ts';
import { gaussianKeyRate, type KeyRate } from './key-rate/gaussian.ts';
import { cumulants } from './modulation/constellation.ts';
import { constellationOf } from './modulation/modulation.ts';
import type { LinkPlan } from './plan.ts';
import type { Quadratures } from './quadratures.ts';

/** What Bob found of the link, whatever convention he reports it in. */
export interface Found {
  readonly estimate: Estimate;
  readonly rate: KeyRate;
  readonly alarms: readonly HealthAlarm[];
}

/** What Bob has when he judges a link. */
export interface Seen {
  readonly estimate: Estimate;
  readonly photonNumberMean: number;
  readonly calibration: Calibration;
  /** His samples; `null`: there are none, estimates were drawn. */
  readonly acquired: Quadratures | null;
}

/** What he makes of it. */
export function findings(plan: LinkPlan, seen: Seen): Found {
  const { estimate, acquired } = seen;
  const [x = 3, p = 3] = expectedKurtosis(plan, seen);
  const alarms =
    acquired === null
      ? []
      : [
          ...healthAlarms(acquired.x, x),
          ...(acquired.p.length === 0 ? [] : healthAlarms(acquired.p, p)),
        ];
  return { estimate, rate: keyRate(plan, seen), alarms };
}

/** Of each quadrature: 3 for Gaussian symbols; others show through the noise. */
function expectedKurtosis(plan: LinkPlan, { estimate }: Seen): readonly number[] {
  const points = constellationOf(plan.modulation, estimate.modulationVarianceSnu);
  if (points === null) return [];
  const { efficiency, kind } = plan.link.detector;
  const gain = (4 * efficiency * estimate.transmittance.value) / (kind === 'homodyne' ? 1 : 2);
  return [points.real, points.imag].map((part) => {
    const { second, fourth } = cumulants(part, points.probability);
    return 3 + (gain ** 2 * fourth) / (gain * second + estimate.noiseVarianceSnu) ** 2;
  });
}

/** The same as it is told to Alice, in the plan's convention. */
export function reported(plan: LinkPlan, seen: Seen, { rate: found, alarms }: Found): Estimates {
  const { calibration } = seen;
  const estimate = inConvention(plan, seen.estimate);
  const rate = estimate === seen.estimate ? found : keyRate(plan, { ...seen, estimate });
  const [alarm] = alarms;
  const reason =
    alarm === undefined
      ? rate.kind === 'none'
        ? rate.reason
        : null
      : `health test: ${alarm.test} is ${alarm.value.toPrecision(3)}, by chance up to ${alarm.limit.toPrecision(3)}`;
  return {
    transmittance: estimate.transmittance.value,
    excessNoiseSnu: estimate.excessNoiseSnu.value,
    electronicNoiseSnu: calibration.electronicNoiseSnu,
    detectorEfficiency: plan.link.detector.efficiency,
    keyRate: reason === null && rate.kind === 'rate' ? rate.bitsPerSymbol * plan.symbolRateBaud : 0,
    reason,
  };
}
/** The estimate as Bob tells it; what he found stays as it is. */
function inConvention({ convention, link }: LinkPlan, estimate: Estimate): Estimate {
  if (convention === 'channel' || link.detector.kind === 'homodyne') return estimate;
  const { value, deviation } = estimate.excessNoiseSnu;
  return { ...estimate, excessNoiseSnu: { value: value / 2, deviation: deviation / 2 } };
}

function keyRate(plan: LinkPlan, { estimate, photonNumberMean, calibration }: Seen): KeyRate {
  const modulationVarianceSnu = 2 * photonNumberMean;
  const link = {
    modulationVarianceSnu,
    transmittance: estimate.transmittance.value,
    excessNoiseSnu: estimate.excessNoiseSnu.value,
    detector: { ...plan.link.detector, electronicNoiseSnu: calibration.electronicNoiseSnu },
    reconciliationEfficiency: plan.reconciliationEfficiency,
  };
  const points = constellationOf(plan.modulation, modulationVarianceSnu);
  return points === null
    ? gaussianKeyRate(link)
    : discreteKeyRate(link, constellationConstants(points));
}
