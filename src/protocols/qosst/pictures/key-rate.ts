import type { Picture } from '#src/contract/picture.ts';
import type { Seen } from '#src/optics/findings.ts';
import type { KeyRate } from '#src/optics/key-rate/gaussian.ts';
import { fibreLengthKm } from '#src/optics/link.ts';
import type { LinkPlan } from '#src/optics/plan.ts';
import { rateOverDistance, type RateOverDistance } from '#src/optics/rate-over-distance.ts';
import { bitsOf, rateCurves, spreadAt, workingMark } from './rate-layers.ts';

/** What the key-rate picture is about. */
export interface RatePictured {
  readonly plan: LinkPlan;
  readonly seen: Omit<Seen, 'acquired'>;
  /** By the measure of security that the plan has. */
  readonly rate: KeyRate;
  /** Why there is no key, whatever the rate is; `null`: nothing stands against it. */
  readonly alarm: string | null;
}

const mostKm = 100;
/** Powers of ten that the rates are shown over. */
const decades = 4;

/** The key rate over the length of the fibre, and where this session was. */
export function keyRate({ plan, seen, rate, alarm }: RatePictured): Picture {
  const { transmittance, excessNoiseSnu } = seen.estimate;
  const rates = rateOverDistance(plan, seen);
  const endKm = rates.endKm(mostKm);
  const work = workingPoint(transmittance);
  const where = `${work.km.toPrecision(4)} ± ${work.deviationKm.toPrecision(2)} km`;
  const toKm = Math.max(5, Math.min(mostKm, Math.max((endKm ?? mostKm) * 1.1, work.km * 1.2)));
  const most = 10 ** Math.ceil(Math.log10(bitsOf(rates.at(0, 0).asymptotic) || 1));
  const least = most / 10 ** decades;
  const axes = { toKm, least };
  const { security } = plan;
  const spread = spreadAt(rates, excessNoiseSnu, { least, security });
  const counted: KeyRate =
    alarm === null ? rate : { kind: 'none', reason: alarm, bitsPerSymbol: null };
  return {
    id: 'key-rate',
    title: 'Key rate against distance',
    description:
      'Secret bits a symbol over the length of a fibre of 0.2 dB/km. The estimated transmittance ' +
      `is that of ${where}, where this session has ${told(counted)}.`,
    x: { label: 'fibre, km', scale: 'linear', from: 0, to: toKm },
    y: { label: 'secret key, bit/symbol', scale: 'log', from: least, to: most },
    layers: [
      ...rateCurves(rates, excessNoiseSnu, axes),
      workingMark({ ...work, where, rate: counted }, spread, axes),
    ],
    facts: {
      'working point': where,
      'this session': told(counted),
      'asymptotic key ends at': ended(rates, endKm),
      'block of this size, there': told(rates.at(work.km)['finite-size']),
      'what counts': security,
    },
    table: rowsOf(rates, toKm),
  };
}

/** Light that is amplified, or that none of arrives, has no length. */
function workingPoint({ value, deviation }: Seen['estimate']['transmittance']) {
  const km = fibreLengthKm(value);
  if (!Number.isFinite(km)) return { km: Infinity, deviationKm: 0 };
  return { km, deviationKm: (fibreLengthKm(1 / Math.E) * deviation) / value };
}

function told(rate: KeyRate): string {
  return rate.kind === 'rate'
    ? `${rate.bitsPerSymbol.toPrecision(4)} bit/symbol`
    : `no key: ${rate.reason}`;
}

function ended(rates: RateOverDistance, endKm: number | null): string {
  if (endKm !== null) return `${endKm.toFixed(1)} km`;
  return rates.at(0).asymptotic.kind === 'rate' ? `more than ${mostKm} km` : 'none at any distance';
}

function rowsOf(rates: RateOverDistance, toKm: number): NonNullable<Picture['table']> {
  const kms = Array.from({ length: 11 }, (_, step) => (toKm * step) / 10);
  const shown = (rate: KeyRate) =>
    rate.kind === 'rate' ? rate.bitsPerSymbol.toExponential(3) : '0';
  return [
    ['km', 'asymptotic', 'block of this size', 'without excess noise'],
    ...kms.map((km) => [
      km.toFixed(1),
      shown(rates.at(km).asymptotic),
      shown(rates.at(km)['finite-size']),
      shown(rates.at(km, 0).asymptotic),
    ]),
  ];
}
