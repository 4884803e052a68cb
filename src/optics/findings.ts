import type { Calibration } from './calibration.ts';
import type { Estimate } from './estimation.ts';
import type { Estimates } from './front-end.ts';
import { alarmText, healthAlarms, type HealthAlarm } from './health.ts';
import {
  constellationConstants,
  discreteHolevo,
  type ConstellationConstants,
} from './key-rate/discrete.ts';
import { finiteKeyRateAt, worstSeen } from './key-rate/finite-size.ts';
import { gaussianHolevo, keyRateOf, type KeyRate } from './key-rate/gaussian.ts';
import { mutualInformation } from './key-rate/mutual-information.ts';
import { outsideDomain, type LinkParameters } from './key-rate/parameters.ts';
import { cumulants } from './modulation/constellation.ts';
import { constellationOf } from './modulation/modulation.ts';
import { deviations, failure, type LinkPlan, type Security } from './plan.ts';
import type { Quadratures } from './quadratures.ts';

/** What Bob found of the link, whatever convention he reports it in. */
export interface Found {
  readonly estimate: Estimate;
  /** By both measures of security; that of the plan decides. */
  readonly rates: Readonly<Record<Security, KeyRate>>;
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
  return { estimate, rates: keyRates(plan, seen), alarms };
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
export function reported(plan: LinkPlan, seen: Seen, { rates, alarms }: Found): Estimates {
  const { calibration } = seen;
  const estimate = inConvention(plan, seen.estimate);
  const told = estimate === seen.estimate ? rates : keyRates(plan, { ...seen, estimate });
  const rate = told[plan.security];
  const [alarm] = alarms;
  const reason =
    alarm === undefined
      ? rate.kind === 'none'
        ? rate.reason
        : null
      : `health test: ${alarmText(alarm)}`;
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

function keyRates(plan: LinkPlan, seen: Seen): Found['rates'] {
  const link = linkSeen(plan, seen);
  return rateFormula(plan, link.modulationVarianceSnu)(link, seen.estimate);
}

/** The link as Bob found it, for formulas. */
export function linkSeen(
  { link, reconciliationEfficiency }: LinkPlan,
  { estimate, photonNumberMean, calibration }: Omit<Seen, 'acquired'>,
): LinkParameters {
  return {
    modulationVarianceSnu: 2 * photonNumberMean,
    transmittance: estimate.transmittance.value,
    excessNoiseSnu: estimate.excessNoiseSnu.value,
    detector: { ...link.detector, electronicNoiseSnu: calibration.electronicNoiseSnu },
    reconciliationEfficiency,
  };
}

/** Key rates of a link with the plan's modulation and sizes, where an estimate may be so far off. */
export function rateFormula(
  plan: LinkPlan,
  modulationVarianceSnu: number,
): (link: LinkParameters, estimate: Deviations) => Found['rates'] {
  const holevo = holevoOf(plan, modulationVarianceSnu);
  const { frameSymbols: symbols, revealedSymbols } = plan;
  return (link, estimate) => {
    const wrong = outsideDomain(link);
    if (wrong !== null) {
      const none = { kind: 'none', reason: wrong, bitsPerSymbol: null } as const;
      return { asymptotic: none, 'finite-size': none };
    }
    return {
      asymptotic: keyRateOf(link, mutualInformation(link), holevo(link)),
      'finite-size': finiteKeyRateAt(link, worstSeen(link, estimate, deviations), {
        block: { symbols, revealedSymbols, failure, deviations },
        holevo,
      }),
    };
  };
}

type Deviations = Pick<Estimate, 'transmittance' | 'excessNoiseSnu'>;

/** chi_BE of the plan's modulation; what it takes is computed once, and only if it is asked for. */
function holevoOf(plan: LinkPlan, modulationVarianceSnu: number): (link: LinkParameters) => number {
  const points = constellationOf(plan.modulation, modulationVarianceSnu);
  if (points === null) return gaussianHolevo;
  let constants: ConstellationConstants | null = null;
  return (link) => {
    constants ??= constellationConstants(points);
    return discreteHolevo(link, constants);
  };
}
