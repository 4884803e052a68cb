import { complex } from '#src/base/fourier.ts';
import { calibratedBy, type Calibration } from '../calibration.ts';
import type { LinkPlan } from '../plan.ts';
import type { Stream } from '../random/stream.ts';
import { matchedFilter, type MatchedFilter } from './matched-filter.ts';
import { reach } from './pulse.ts';
import { samplesPerSymbol } from './wave-format.ts';

/** Measures the noise of the detector as symbols have it: behind the filter of Bob's processing. */
export function calibrateFilter(
  { link, wave, calibrationSamples }: Pick<LinkPlan, 'link' | 'wave' | 'calibrationSamples'>,
  source: Stream,
): Calibration {
  const filter = matchedFilter(wave.format.rollOff);
  const seen = (variance: number) => filteredNoise(filter, variance, calibrationSamples, source);
  return calibratedBy(seen, link.detector.electronicNoiseSnu, calibrationSamples);
}

/** Symbols that are filtered at once. */
const batch = 10_000;

/** Variance of so many quadratures, or a few more, of filtered noise. */
function filteredNoise(
  filter: MatchedFilter,
  variance: number,
  quadratures: number,
  source: Stream,
): number {
  const lead = reach * samplesPerSymbol;
  const noise = complex(batch * samplesPerSymbol + 2 * lead);
  let sum = 0;
  let count = 0;
  while (count < quadratures) {
    source.fillNormal(noise.re, Math.sqrt(variance));
    source.fillNormal(noise.im, Math.sqrt(variance));
    const { re, im } = filter.at(noise, lead, samplesPerSymbol, batch);
    for (let at = 0; at < batch; at += 1) {
      const x = re[at] ?? 0;
      const p = im[at] ?? 0;
      sum += x * x + p * p;
    }
    count += 2 * batch;
  }
  return sum / count;
}
