import type { Layer, Stroke, Tone } from '#src/contract/picture.ts';
import type { Measured } from '#src/optics/estimation.ts';
import type { KeyRate } from '#src/optics/key-rate/gaussian.ts';
import type { Security } from '#src/optics/plan.ts';
import type { RateOverDistance } from '#src/optics/rate-over-distance.ts';

/** As far as the axes go. */
export interface RateAxes {
  readonly toKm: number;
  readonly least: number;
}

/** Where a session was, and what it came to. */
export interface WorkingPoint {
  readonly km: number;
  readonly deviationKm: number;
  /** The same in words. */
  readonly where: string;
  readonly rate: KeyRate;
}

const steps = 200;

/** Bits a symbol; `NaN` where there is no key, so that a line ends. */
export function bitsOf(rate: KeyRate): number {
  return rate.kind === 'rate' ? rate.bitsPerSymbol : NaN;
}

/** The rate where the excess noise is one standard deviation more, and less. */
export function spreadAt(
  rates: RateOverDistance,
  noise: Measured,
  { least, security }: { readonly least: number; readonly security: Security },
) {
  const off = (km: number, by: number) => {
    const shifted = Math.max(0, noise.value + by * noise.deviation);
    return bitsOf(rates.at(km, shifted)[security]) || least / 10;
  };
  return (km: number) => ({ low: off(km, 1), high: off(km, -1) });
}

/** Rates over distance: with the estimated noise and its doubt, of a block of this size, without. */
export function rateCurves(
  rates: RateOverDistance,
  noise: Measured,
  axes: RateAxes,
): readonly Layer[] {
  const kms = Array.from({ length: steps + 1 }, (_, step) => (axes.toKm * step) / steps);
  const spread = spreadAt(rates, noise, { least: axes.least, security: 'asymptotic' });
  const doubt = kms.map((km) => ({ x: km, ...spread(km) }));
  const curve = (rateAt: (km: number) => KeyRate, { stroke, tone, label }: Look): Layer => {
    const at = kms.map((km) => ({ x: km, y: bitsOf(rateAt(km)) }));
    const isAnywhere = at.some(({ y }) => y > 0);
    const said = isAnywhere ? label : `${label}: no key at any distance`;
    return { kind: 'line', at, stroke, tone, label: said };
  };
  return [
    ...(doubt.some(({ high }) => high > axes.least)
      ? [
          {
            kind: 'band',
            tone: 'first',
            at: doubt,
            label: 'xi one standard deviation off',
          } as const,
        ]
      : []),
    curve((km) => rates.at(km).asymptotic, looks.asymptotic),
    curve((km) => rates.at(km)['finite-size'], looks.finite),
    curve((km) => rates.at(km, 0).asymptotic, looks.quiet),
  ];
}

interface Look {
  readonly stroke: Stroke;
  readonly tone: Tone;
  readonly label: string;
}

const looks = {
  asymptotic: { stroke: 'solid', tone: 'first', label: 'asymptotic, xi as estimated' },
  finite: { stroke: 'dashed', tone: 'third', label: 'block of this size, estimates at worst' },
  quiet: { stroke: 'dotted', tone: 'ink', label: 'asymptotic, without excess noise' },
} as const satisfies Record<string, Look>;

/** The session among the curves: at the foot where it has no key, at the edge where it is beyond. */
export function workingMark(
  { km, deviationKm, where, rate }: WorkingPoint,
  spread: ReturnType<typeof spreadAt>,
  { toKm, least }: RateAxes,
): Layer {
  const x = Math.min(Math.max(km, 0.01 * toKm), 0.99 * toKm);
  if (rate.kind === 'none') {
    const label = `this session, ${where}: no key (${rate.reason})`;
    return { kind: 'mark', marker: 'times', tone: 'bad', at: { x, y: least * 1.3 }, label };
  }
  const { low, high } = spread(km);
  return {
    kind: 'mark',
    marker: 'diamond',
    tone: 'second',
    at: { x: km, y: Math.max(rate.bitsPerSymbol, least * 1.3) },
    xBar: [km - deviationKm, km + deviationKm],
    yBar: [low, high],
    label: `this session, ${where}`,
  };
}
