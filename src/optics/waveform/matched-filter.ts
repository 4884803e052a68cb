import { complex, type Complex } from '#src/base/fourier.ts';
import { placesPerSample, pulseBank } from './pulse.ts';

/** What a pulse at a place of the samples amounts to. */
export interface MatchedFilter {
  /** Pulses at `count` places, the first at `first`, one every `step` samples; both may be broken. */
  at(samples: Complex, first: number, step: number, count: number): Complex;
}

/** The filter whose impulse response is Alice's pulse, so that both make a raised cosine. */
export function matchedFilter(rollOff: number): MatchedFilter {
  const { width, taps } = pulseBank(rollOff, placesPerSample);
  return {
    at({ re, im }, first, step, count) {
      const found = complex(count);
      for (let at = 0; at < count; at += 1) {
        const place = Math.round((first + at * step) * placesPerSample);
        const sample = Math.floor(place / placesPerSample);
        /** Row q holds the pulse at q - k places: k is taken the other way round. */
        const row = (place - sample * placesPerSample) * width;
        const from = sample - width / 2 + 1;
        const least = Math.max(0, -from);
        const most = Math.min(width, re.length - from);
        let real = 0;
        let imag = 0;
        for (let tap = least; tap < most; tap += 1) {
          const pulse = taps[row + tap] ?? 0;
          real += pulse * (re[from + tap] ?? 0);
          imag += pulse * (im[from + tap] ?? 0);
        }
        found.re[at] = real;
        found.im[at] = imag;
      }
      return found;
    },
  };
}
