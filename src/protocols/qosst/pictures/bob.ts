import type { Showing } from '#src/contract/picture.ts';
import { sampleCovariance } from '#src/optics/covariance.ts';
import type { Symbols } from '#src/optics/front-end.ts';
import { alarmText } from '#src/optics/health.ts';
import type { LinkPlan } from '#src/optics/plan.ts';
import type { SimulatedReceiver } from '#src/optics/simulated.ts';
import { constellation } from './constellation.ts';
import { covariance } from './covariance.ts';
import { keyRate } from './key-rate.ts';
import { sampleOf } from './revealed.ts';
import { settingOf } from './setting.ts';

/** What Bob has to show of his last frame. */
export interface Shown {
  readonly link: LinkPlan | null;
  readonly simulated: SimulatedReceiver | null;
  readonly indices: readonly number[];
  readonly revealed: Symbols | null;
  readonly photonNumberMean: number | null;
}

/**
 * Pictures of the link as Bob found it. All samples in them are of revealed symbols, which no key is
 * made of.
 */
export function bobShows({ link, simulated, indices, revealed, photonNumberMean }: Shown): Showing {
  if (link === null || simulated === null) return { setting: {}, found: {}, pictures: [] };
  const setting = settingOf(link);
  const { found, calibration } = simulated;
  if (found === null || calibration === null || photonNumberMean === null) {
    return { setting, found: {}, pictures: [] };
  }
  const { estimate, rates, alarms } = found;
  const seen = { estimate, photonNumberMean, calibration };
  const [alarm] = alarms;
  const why = alarm === undefined ? null : `health test: ${alarmText(alarm)}`;
  const rate = keyRate({ plan: link, seen, rate: rates[link.security], alarm: why });
  const compared =
    revealed === null ? null : simulated.compare(indices, revealed, photonNumberMean);
  if (compared === null) return { setting, found: {}, pictures: [rate] };
  const sample = sampleOf(compared);
  const matrix = sampleCovariance(compared.sent, compared.received);
  const { efficiency, kind } = link.link.detector;
  const share = efficiency / (kind === 'homodyne' ? 1 : 2);
  const slope = Math.sqrt(share * estimate.transmittance.value);
  return {
    setting,
    found: alarm === undefined ? { 'health test': 'passed' } : {},
    pictures: [constellation(sample, matrix), covariance(sample, matrix, slope), rate],
  };
}
