import type { Demodulated } from '#src/optics/waveform/demodulate.ts';

/** What Bob tells of a waveform: what his signal processing found in it. */
export function waveformAccount(found: Demodulated | null): Readonly<Record<string, string>> {
  if (found === null) return {};
  return {
    'preamble found, samples': found.preambleAt.toFixed(2),
    'beat of the lasers found, Hz': found.beatFrequencyHz.toFixed(0),
    'clock offset found, ppm': (1e6 * found.clockOffset).toFixed(3),
  };
}
