import type { Fault } from './faults/fault.ts';
import { exactCalibration, measureCalibration, type Calibration } from './calibration.ts';
import { estimateLink, type Estimate } from './estimation.ts';
import type { Receiver, Symbols, Transmitter } from './front-end.ts';
import { findings, reported, type Found } from './findings.ts';
import { detect, meanSquare } from './link.ts';
import { drawSymbols } from './modulation/modulation.ts';
import type { LinkPlan } from './plan.ts';
import { parts, quadratures, type Quadratures } from './quadratures.ts';
import { stream } from './random/stream.ts';
import { inShotNoise, picked } from './revealed.ts';
import { drawEstimate } from './sampling.ts';
import { calibrateFilter } from './waveform/calibrate-filter.ts';
import type { Demodulated } from './waveform/demodulate.ts';
import { detectWave } from './waveform/detect-wave.ts';
import { turnedBack } from './waveform/global-angle.ts';

/** Alice's end of a simulated link. */
export interface SimulatedTransmitter extends Transmitter {
  /** What was prepared last, in shot-noise units. */
  readonly prepared: Quadratures | null;
  /** V_A that she prepares with. */
  readonly modulationVarianceSnu: number;
}

/** Bob's end of a simulated link. */
export interface SimulatedReceiver extends Receiver {
  /** What was acquired last, in shot-noise units as calibrated. */
  readonly acquired: Quadratures | null;
  /** What the last estimate rests on. */
  readonly found: Found | null;
  /** Of a waveform: what signal processing found in it. */
  readonly demodulated: Demodulated | null;
  /** Measured before the first estimate. */
  readonly calibration: Calibration | null;
  /**
   * Symbols that Alice revealed beside what was measured of them, in shot-noise units; `null` where
   * nothing was.
   */
  compare(indices: readonly number[], revealed: Symbols, photonNumberMean: number): Compared | null;
}

/** The same symbols at both ends of a link, in the same order. */
export interface Compared {
  readonly sent: Quadratures;
  readonly received: Quadratures;
}

/**
 * Alice's hardware. Her symbols depend on the plan's seed and the frame's name alone, so that Bob's
 * end, wherever it runs, meets the same light.
 */
export function simulatedTransmitter(plan: LinkPlan): SimulatedTransmitter {
  let prepared: Quadratures | null = null;
  /** Symbols on the wire have a mean power of 1. */
  const unit = Math.sqrt(2 * plan.modulationVarianceSnu);
  const overstated = plan.faults.reduce(
    (all, { photonNumberFactor = 1 }) => all * photonNumberFactor,
    1,
  );
  const range = Math.min(...plan.faults.map(({ converterSigmas = Infinity }) => converterSigmas));
  const isInFrame = (index: number) =>
    Number.isInteger(index) && index >= 0 && index < plan.frameSymbols;
  return {
    frameSymbols: plan.frameSymbols,
    modulationVarianceSnu: plan.modulationVarianceSnu,
    get prepared() {
      return prepared;
    },
    get photonNumberMean() {
      const measured = plan.fidelity === 'oracle' ? null : prepared;
      const power = measured === null ? plan.modulationVarianceSnu : meanSquare(measured);
      return (power / 2) * overstated;
    },
    async prepare(frame) {
      prepared = emission(plan, frame);
      const limit = range * Math.sqrt(plan.modulationVarianceSnu);
      return parts(prepared).every((part) => part.every((value) => Math.abs(value) <= limit))
        ? 'ready'
        : 'overflow';
    },
    async emit() {},
    async stop() {},
    async shine() {},
    symbolsAt(indices) {
      const sent = prepared;
      if (sent === null || !indices.every(isInFrame)) return null;
      const { x, p } = sent;
      return { real: rounded(x, indices, unit), imag: rounded(p, indices, unit) };
    },
  };
}

/** Bob's hardware and what his signal processing makes of it. */
export function simulatedReceiver(plan: LinkPlan): SimulatedReceiver {
  const { detector } = plan.link;
  let frame = '';
  let isAligned = false;
  let acquired: Quadratures | null = null;
  /** Of a waveform: its symbols are not yet turned as Alice's. */
  let demodulated: Demodulated | null = null;
  let found: Found | null = null;
  /** Measured once, before the first frame. */
  let calibration: Calibration | null = null;
  return {
    frameSymbols: plan.frameSymbols,
    get acquired() {
      return acquired;
    },
    get found() {
      return found;
    },
    get demodulated() {
      return demodulated;
    },
    get calibration() {
      return calibration;
    },
    compare(indices, revealed, photonNumberMean) {
      if (acquired === null || revealed.real.length !== indices.length) return null;
      const scale = 1 / Math.sqrt(calibration?.shotNoise ?? 1);
      const { x, p } = picked(acquired, indices);
      return {
        sent: inShotNoise(revealed, photonNumberMean),
        received: { x: x.map((value) => scale * value), p: p.map((value) => scale * value) },
      };
    },
    async arm(name) {
      frame = name;
    },
    async trigger() {},
    async acquire() {
      if (plan.fidelity === 'oracle') return;
      const sent = emission(plan, frame);
      const faults = present(plan.faults, isAligned);
      const source = (purpose: string) => stream(plan.seed, `${purpose}/${frame}`);
      if (plan.fidelity === 'waveform') {
        demodulated = detectWave(sent, { ...plan, faults }, source);
        acquired = demodulated.symbols;
      } else {
        const streams = { noise: source('noise'), faults: source('faults') };
        acquired = detect(sent, plan.link, faults, streams);
      }
    },
    async alignPolarisation() {
      isAligned = true;
    },
    estimate(indices, revealed, photonNumberMean) {
      calibration ??= calibrated(plan);
      if (demodulated !== null) {
        acquired = turnedBack(demodulated.symbols, {
          revealed: inShotNoise(revealed, photonNumberMean),
          indices,
          errorRad: plan.faults.reduce((sum, { misfound }) => sum + (misfound?.angleRad ?? 0), 0),
        });
      }
      const estimate =
        acquired === null
          ? oracle(plan, frame, present(plan.faults, isAligned))
          : estimateLink(inShotNoise(revealed, photonNumberMean), picked(acquired, indices), {
              detector,
              calibration,
            });
      const seen = { estimate, photonNumberMean, calibration, acquired };
      found = findings(plan, seen);
      return reported(plan, seen, found);
    },
  };
}

/** Faults that are there, with the polarisation aligned or not. */
function present(faults: readonly Fault[], isAligned: boolean): readonly Fault[] {
  return faults.filter(({ isPolarisation = false }) => !(isAligned && isPolarisation));
}

/** Symbols of a frame whose light nobody measures: these, again and again. */
const unmeasured = 1024;

/** What Alice sends in the frame of this name. */
function emission(plan: LinkPlan, frame: string): Quadratures {
  const { frameSymbols, fidelity } = plan;
  const sent = quadratures(
    fidelity === 'oracle' ? Math.min(frameSymbols, unmeasured) : frameSymbols,
  );
  const source = stream(plan.seed, `symbols/${frame}`);
  drawSymbols(plan.modulation, plan.modulationVarianceSnu, source, sent);
  return sent;
}

function calibrated(plan: LinkPlan): Calibration {
  const { electronicNoiseSnu } = plan.link.detector;
  if (plan.calibrationSamples === Infinity || plan.fidelity === 'oracle') {
    return exactCalibration(electronicNoiseSnu);
  }
  const source = stream(plan.seed, 'calibration');
  return plan.fidelity === 'waveform'
    ? calibrateFilter(plan, source)
    : measureCalibration(electronicNoiseSnu, plan.calibrationSamples, source);
}

function oracle(plan: LinkPlan, frame: string, faults: readonly Fault[]): Estimate {
  const { modulationVarianceSnu, calibrationSamples, revealedSymbols, seed } = plan;
  const samples = revealedSymbols * (plan.link.detector.kind === 'homodyne' ? 1 : 2);
  const link = faults.reduce((seen, fault) => ({ ...seen, ...fault.signature(seen) }), {
    ...plan.link,
    modulationVarianceSnu,
  });
  const source = stream(seed, `estimate/${frame}`);
  return drawEstimate(link, { samples, calibrationSamples }, source);
}

/** Steps of a symbol on the wire: short there, and 10^12 times below the noise. */
const steps = 1e6;

/** These entries over `unit`, of a list that repeats. */
function rounded(part: Float64Array, indices: readonly number[], unit: number): readonly number[] {
  const { length } = part;
  return indices.map((at) => Math.round(((part[at % length] ?? 0) / unit) * steps) / steps);
}
