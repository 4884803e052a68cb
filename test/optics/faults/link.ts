import { exactCalibration } from '#src/optics/calibration.ts';
import { estimateLink, type Estimate } from '#src/optics/estimation.ts';
import type { Fault } from '#src/optics/faults/fault.ts';
import { detect, type Link } from '#src/optics/link.ts';
import { drawSymbols } from '#src/optics/modulation/modulation.ts';
import { quadratures, type Quadratures } from '#src/optics/quadratures.ts';
import { stream } from '#src/optics/random/stream.ts';

/** The base case of the facts: 25 km, heterodyne detection. */
export const link: Link & { readonly modulationVarianceSnu: number } = {
  modulationVarianceSnu: 5,
  transmittance: 10 ** -0.5,
  excessNoiseSnu: 0.01,
  detector: { kind: 'heterodyne', trust: 'trusted', efficiency: 0.7, electronicNoiseSnu: 0.05 },
};

/** A frame over that link with these faults, and what Bob makes of it. */
export function frameWith(
  faults: readonly Fault[],
  symbols: number,
  seed = 1,
): { readonly sent: Quadratures; readonly seen: Quadratures; readonly estimate: Estimate } {
  const sent = quadratures(symbols);
  drawSymbols({ kind: 'gaussian' }, link.modulationVarianceSnu, stream(seed, 'symbols'), sent);
  const streams = { noise: stream(seed, 'noise'), faults: stream(seed, 'faults') };
  const seen = detect(sent, link, faults, streams);
  const { detector } = link;
  const calibration = exactCalibration(detector.electronicNoiseSnu);
  const factor = faults.reduce((all, { photonNumberFactor = 1 }) => all * photonNumberFactor, 1);
  const believed = {
    x: sent.x.map((x) => Math.sqrt(factor) * x),
    p: sent.p.map((p) => Math.sqrt(factor) * p),
  };
  return { sent, seen, estimate: estimateLink(believed, seen, { detector, calibration }) };
}
