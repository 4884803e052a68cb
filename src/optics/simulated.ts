import { exactCalibration, measureCalibration, type Calibration } from './calibration.ts';
import { estimateLink, type Estimate } from './estimation.ts';
import type { Estimates, Receiver, Symbols, Transmitter } from './front-end.ts';
import { healthAlarms, type HealthAlarm } from './health.ts';
import { gaussianKeyRate, type KeyRate } from './key-rate/gaussian.ts';
import { constellationConstants, discreteKeyRate } from './key-rate/discrete.ts';
import { detect, meanSquare } from './link.ts';
import { constellationOf, drawSymbols } from './modulation/modulation.ts';
import type { LinkPlan } from './plan.ts';
import { parts, quadratures, type Quadratures } from './quadratures.ts';
import { stream } from './random/stream.ts';
import { drawEstimate } from './sampling.ts';

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
}

/** How an estimate came about. */
export interface Found {
  readonly estimate: Estimate;
  readonly rate: KeyRate;
  readonly alarms: readonly HealthAlarm[];
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
      const power = prepared === null ? plan.modulationVarianceSnu : meanSquare(prepared);
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
      if (prepared === null || !indices.every(isInFrame)) return null;
      const { x, p } = prepared;
      return {
        real: indices.map((at) => (x[at] ?? 0) / unit),
        imag: indices.map((at) => (p[at] ?? 0) / unit),
      };
    },
  };
}

/** Bob's hardware and what his signal processing makes of it. */
export function simulatedReceiver(plan: LinkPlan): SimulatedReceiver {
  const { detector } = plan.link;
  let frame = '';
  let isAligned = false;
  let acquired: Quadratures | null = null;
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
    async arm(name) {
      frame = name;
    },
    async trigger() {},
    async acquire() {
      if (plan.fidelity === 'oracle') return;
      const faults = plan.faults.filter(
        ({ isPolarisation = false }) => !(isAligned && isPolarisation),
      );
      acquired = detect(emission(plan, frame), plan.link, faults, {
        noise: stream(plan.seed, `noise/${frame}`),
        faults: stream(plan.seed, `faults/${frame}`),
      });
    },
    async alignPolarisation() {
      isAligned = true;
    },
    estimate(indices, revealed, photonNumberMean) {
      calibration ??= calibrated(plan);
      const estimate =
        acquired === null
          ? oracle(plan, frame, indices.length)
          : estimateLink(inShotNoise(revealed, photonNumberMean), picked(acquired, indices), {
              detector,
              calibration,
              convention: plan.convention,
            });
      const alarms =
        acquired === null ? [] : parts(acquired).flatMap((part) => [...healthAlarms(part)]);
      const rate = keyRate(plan, estimate, photonNumberMean, calibration);
      found = { estimate, rate, alarms };
      return reported(plan, found, calibration);
    },
  };
}

/** What Alice sends in the frame of this name. */
function emission(plan: LinkPlan, frame: string): Quadratures {
  const sent = quadratures(plan.frameSymbols);
  const source = stream(plan.seed, `symbols/${frame}`);
  drawSymbols(plan.modulation, plan.modulationVarianceSnu, source, sent);
  return sent;
}

function calibrated(plan: LinkPlan): Calibration {
  const { electronicNoiseSnu } = plan.link.detector;
  if (plan.calibrationSamples === Infinity) return exactCalibration(electronicNoiseSnu);
  const source = stream(plan.seed, 'calibration');
  return measureCalibration(electronicNoiseSnu, plan.calibrationSamples, source);
}

function oracle(plan: LinkPlan, frame: string, symbols: number): Estimate {
  const { link, modulationVarianceSnu, calibrationSamples, seed } = plan;
  const samples = symbols * (link.detector.kind === 'homodyne' ? 1 : 2);
  const source = stream(seed, `estimate/${frame}`);
  return drawEstimate({ ...link, modulationVarianceSnu }, { samples, calibrationSamples }, source);
}

/** Symbols of any unit as quadratures, their mean power being that of so many photons. */
function inShotNoise({ real, imag }: Symbols, photonNumberMean: number): Quadratures {
  let power = 0;
  real.forEach((re, at) => {
    power += re ** 2 + (imag[at] ?? 0) ** 2;
  });
  const scale = power === 0 ? 0 : 2 * Math.sqrt((photonNumberMean * real.length) / power);
  return {
    x: Float64Array.from(real, (value) => value * scale),
    p: Float64Array.from(imag, (value) => value * scale),
  };
}

function picked({ x, p }: Quadratures, indices: readonly number[]): Quadratures {
  return {
    x: Float64Array.from(indices, (at) => x[at] ?? 0),
    p: p.length === 0 ? p : Float64Array.from(indices, (at) => p[at] ?? 0),
  };
}

function keyRate(
  plan: LinkPlan,
  estimate: Estimate,
  photonNumberMean: number,
  { electronicNoiseSnu }: Calibration,
): KeyRate {
  const modulationVarianceSnu = 2 * photonNumberMean;
  const link = {
    modulationVarianceSnu,
    transmittance: estimate.transmittance.value,
    excessNoiseSnu: estimate.excessNoiseSnu.value,
    detector: { ...plan.link.detector, electronicNoiseSnu },
    reconciliationEfficiency: plan.reconciliationEfficiency,
  };
  const points = constellationOf(plan.modulation, modulationVarianceSnu);
  return points === null
    ? gaussianKeyRate(link)
    : discreteKeyRate(link, constellationConstants(points));
}

function reported(
  plan: LinkPlan,
  { estimate, rate, alarms }: Found,
  calibration: Calibration,
): Estimates {
  const [alarm] = alarms;
  const reason =
    alarm === undefined
      ? rate.kind === 'none'
        ? rate.reason
        : null
      : `health test: ${alarm.test} is ${alarm.value.toPrecision(3)}, by chance up to ${alarm.limit.toPrecision(3)}`;
  return {
    transmittance: estimate.transmittance.value,
    excessNoiseSnu: estimate.excessNoiseSnu.value,
    electronicNoiseSnu: calibration.electronicNoiseSnu,
    detectorEfficiency: plan.link.detector.efficiency,
    keyRate: reason === null && rate.kind === 'rate' ? rate.bitsPerSymbol * plan.symbolRateBaud : 0,
    reason,
  };
}
