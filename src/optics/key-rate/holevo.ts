import type { Detector } from './parameters.ts';

/**
 * The covariance matrix [[a I, c Z], [c Z, b I]] of what Alice and Bob hold before Bob's detector,
 * in shot-noise units.
 */
export interface Covariance {
  readonly alice: number;
  readonly bob: number;
  readonly correlation: number;
  /** a b - c², where the caller knows it without cancellation. */
  readonly determinant: number;
}

/**
 * chi_BE: what Eve may know of Bob's result, bits a symbol. Trusted detectors are a beam splitter
 * with half of an EPR pair (Lodewyck 2007, Fossier 2009); the closed forms are rearranged so that
 * nothing cancels near pure states.
 */
export function holevoBound(before: Covariance, detector: Detector): number {
  const state = detector.trust === 'trusted' ? before : behindDetector(before, detector);
  const added = detector.trust === 'trusted' ? detectionNoise(detector) : idealNoise(detector);
  const [first, second] = symplectic(state);
  const [third, fourth] =
    detector.kind === 'heterodyne' ? afterHeterodyne(state, added) : afterHomodyne(state, added);
  return entropy(first) + entropy(second) - entropy(third) - entropy(fourth);
}

/** Von Neumann entropy of a thermal mode with this symplectic eigenvalue, in bits. */
export function entropy(eigenvalue: number): number {
  const above = (Math.max(eigenvalue, 1) - 1) / 2;
  if (above === 0) return 0;
  return ((above + 1) * Math.log1p(above) - above * Math.log(above)) / Math.LN2;
}

/** Eve holds what the detector loses, and its noise: both become part of the channel. */
function behindDetector(state: Covariance, { kind, efficiency, electronicNoiseSnu }: Detector) {
  const noise = electronicNoiseSnu * (kind === 'homodyne' ? 1 : 2);
  const added = 1 - efficiency + noise;
  return {
    alice: state.alice,
    bob: efficiency * state.bob + added,
    correlation: Math.sqrt(efficiency) * state.correlation,
    determinant: efficiency * state.determinant + added * state.alice,
  };
}

/** chi_hom and chi_het: noise of the detector, referred to its input. */
function detectionNoise({ kind, efficiency, electronicNoiseSnu }: Detector): number {
  return kind === 'homodyne'
    ? (1 - efficiency + electronicNoiseSnu) / efficiency
    : (2 - efficiency + 2 * electronicNoiseSnu) / efficiency;
}

function idealNoise({ kind }: Detector): number {
  return kind === 'homodyne' ? 0 : 1;
}

function symplectic({ alice, bob, correlation }: Covariance): readonly [number, number] {
  const sum = Math.sqrt((alice + bob) ** 2 - 4 * correlation ** 2);
  const difference = Math.abs(bob - alice);
  return [(sum + difference) / 2, (sum - difference) / 2];
}

function afterHeterodyne(state: Covariance, noise: number): readonly [number, number] {
  const { alice, bob, correlation, determinant } = state;
  const difference = Math.abs(noise * (alice - bob) + determinant - 1);
  const sum = Math.sqrt(
    noise ** 2 * ((alice + bob) ** 2 - 4 * correlation ** 2) +
      (determinant + 1) ** 2 +
      4 * correlation ** 2 +
      2 * noise * (alice + bob) * (determinant + 1),
  );
  const scale = 2 * (bob + noise);
  return [(sum + difference) / scale, (sum - difference) / scale];
}

function afterHomodyne(state: Covariance, noise: number): readonly [number, number] {
  const { alice, bob, correlation, determinant } = state;
  const apart = alice - bob;
  const invariant = apart ** 2 + 2 * determinant;
  const discriminant =
    (alice * determinant - bob) ** 2 +
    2 *
      noise *
      apart *
      (apart * (alice * determinant + bob) + 2 * determinant * (determinant - 1)) +
    noise ** 2 * apart ** 2 * ((alice + bob) ** 2 - 4 * correlation ** 2);
  const sum = alice * determinant + bob + invariant * noise;
  const root = Math.sqrt(Math.max(discriminant, 0));
  const scale = 2 * (bob + noise);
  return [Math.sqrt((sum + root) / scale), Math.sqrt(Math.max(sum - root, 0) / scale)];
}
