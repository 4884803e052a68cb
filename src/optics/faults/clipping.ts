import { parts } from '../quadratures.ts';
import { detectedShare } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** Bob's converter has too small a range. */
export const clipping = faultKind({
  name: 'clipping',
  summary: 'samples beyond the range of the converter are cut, both ways',
  parameters: {
    sigmas: { meaning: 'range, in standard deviations', usual: 3, least: 0.1, most: 10 },
  },
  make: (value) => {
    const sigmas = value('sigmas');
    return {
      onSamples: (samples) => {
        for (const part of parts(samples)) clip(part, sigmas * deviation(part));
      },
      signature: (link) => {
        const { modulationVarianceSnu, transmittance, excessNoiseSnu, detector } = link;
        const share = detectedShare(link);
        const quiet = 1 + detector.electronicNoiseSnu;
        const signal = share * transmittance * modulationVarianceSnu;
        const all = signal + quiet + share * transmittance * excessNoiseSnu;
        const kept = errorFunction(sigmas / Math.SQRT2);
        const clipped =
          kept -
          Math.sqrt(2 / Math.PI) * sigmas * Math.exp(-(sigmas ** 2) / 2) +
          sigmas ** 2 * (1 - kept);
        const seen = transmittance * kept ** 2;
        const noise = all * clipped - kept ** 2 * signal;
        return { transmittance: seen, excessNoiseSnu: (noise - quiet) / (share * seen) };
      },
    };
  },
});

function clip(part: Float64Array, range: number): void {
  for (let at = 0; at < part.length; at += 1) {
    part[at] = Math.min(range, Math.max(-range, part[at] ?? 0));
  }
}

function deviation(part: Float64Array): number {
  let sum = 0;
  for (const sample of part) sum += sample * sample;
  return Math.sqrt(sum / part.length);
}

/** erf by its series, x up to about 7; to 1e-12. */
function errorFunction(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 300; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return Math.min(1, (2 / Math.sqrt(Math.PI)) * sum);
}
