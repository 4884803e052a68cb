import type { Fault, FaultScene } from '../faults/fault.ts';
import type { LinkPlan } from '../plan.ts';
import { arriving, reception } from '../link.ts';
import type { Quadratures } from '../quadratures.ts';
import type { Stream } from '../random/stream.ts';
import { demodulate, type Demodulated } from './demodulate.ts';
import { digitise } from './digitise.ts';
import { emitted, type Sampling } from './emission.ts';
import { turnedBack } from './global-angle.ts';
import { pass } from './passage.ts';
import { reach } from './pulse.ts';
import { firstSymbol, samplesPerSymbol, type WaveFormat, type WavePlan } from './wave-format.ts';

/**
 * Sends a frame over the link as a waveform, and finds its symbols in Bob's samples again. Both
 * quadratures are measured. What a fault does to the light of symbols, it does to their pulses; what
 * it does to Bob's samples, it does to symbols that are found, turned as Alice's; what signal
 * processing finds wrong, it finds wrong in the waveform.
 */
export function detectWave(
  sent: Quadratures,
  { link, faults, wave }: Pick<LinkPlan, 'link' | 'faults' | 'wave'>,
  source: (purpose: string) => Stream,
): Demodulated {
  const { format } = wave;
  const scene = { link, sent, source: source('faults') };
  const sampling = samplingOf(wave, sent.x.length, source('timing'));
  const dimmed = behindFibre(format, link.transmittance);
  const others = faults.filter(({ misfound }) => misfound === undefined);
  const samples = emitted(arriving(scene, others), dimmed, sampling);
  pass(samples, reception(link, faults), {
    wave,
    streams: { noise: source('noise'), phase: source('phase') },
  });
  const { converterBits } = wave.path;
  if (converterBits !== Infinity) digitise(samples, converterBits);
  const misfound = faults.map(({ misfound = {} }) => misfound);
  const found = demodulate(samples, sent.x.length, { format, misfound });
  const spoiling = others.filter(({ onSamples }) => onSamples !== undefined);
  return spoiling.length === 0
    ? found
    : { ...found, symbols: spoilt(found.symbols, scene, spoiling) };
}

/** Symbols after what faults do to samples, which are defined along the quadratures of Alice. */
function spoilt(symbols: Quadratures, scene: FaultScene, faults: readonly Fault[]): Quadratures {
  const revealed = scene.sent;
  const turned = turnedBack(symbols, { revealed, indices: [...revealed.x.keys()] });
  for (const fault of faults) fault.onSamples?.(turned, scene);
  return turned;
}

/** Samples before the frame, and as many again at random; and behind it. */
const margin = 2000;

/** Bob starts before Alice, by a time that he does not know. */
function samplingOf({ format, path }: WavePlan, symbols: number, source: Stream): Sampling {
  const delaySamples = margin * (1 + source.unit());
  const clockOffset = path.clockOffsetPpm * 1e-6;
  const played = (firstSymbol(format) + symbols + reach) * samplesPerSymbol;
  const samples = Math.ceil((delaySamples + played + margin) / (1 + clockOffset));
  return { samples, delaySamples, clockOffset };
}

/** What is bright in a waveform, as it leaves a fibre. */
function behindFibre(format: WaveFormat, transmittance: number): WaveFormat {
  const { pilotPhotonNumber, preamblePhotonNumber } = format;
  return {
    ...format,
    pilotPhotonNumber: transmittance * pilotPhotonNumber,
    preamblePhotonNumber: transmittance * preamblePhotonNumber,
  };
}
