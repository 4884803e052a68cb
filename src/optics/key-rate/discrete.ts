import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { Constellation } from '../modulation/constellation.ts';
import { keyRateOf, type KeyRate } from './gaussian.ts';
import { holevoBound } from './holevo.ts';
import { mutualInformation } from './mutual-information.ts';
import { outsideDomain, type LinkParameters } from './parameters.ts';

/** What the bound of Denys, Brown and Leverrier needs to know of a constellation. */
export interface ConstellationConstants {
  /** tr(τ^½ a τ^½ a†). */
  readonly correlation: number;
  /** w: how far a_τ is from having the states as eigenvectors; 0 for Gaussian modulation. */
  readonly defect: number;
}

/**
 * Asymptotic key rate of a discrete modulation over a Gaussian channel, with the mutual information
 * of Gaussian symbols of the same variance. Never throws.
 * @see A. Denys, P. Brown, A. Leverrier, arXiv 2103.13945.
 */
export function discreteKeyRate(link: LinkParameters, constants: ConstellationConstants): KeyRate {
  const wrong = outsideDomain(link);
  if (wrong !== null) return { kind: 'none', reason: wrong, bitsPerSymbol: null };
  return keyRateOf(link, mutualInformation(link), discreteHolevo(link, constants));
}

/** chi_BE of a discrete modulation, bits a symbol; the parameters must make sense. */
export function discreteHolevo(link: LinkParameters, constants: ConstellationConstants): number {
  const { modulationVarianceSnu, transmittance, excessNoiseSnu } = link;
  const correlation =
    2 * Math.sqrt(transmittance) * constants.correlation -
    Math.sqrt(2 * transmittance * excessNoiseSnu * constants.defect);
  const alice = modulationVarianceSnu + 1;
  const bob = transmittance * (modulationVarianceSnu + excessNoiseSnu) + 1;
  const determinant = alice * bob - correlation ** 2;
  return holevoBound({ alice, bob, correlation, determinant }, link.detector);
}

/**
 * The two constants, from the polar decomposition of B = [√p_k |α_k⟩] in the Fock basis, so that no
 * inverse of τ is needed. Constellations must be symmetric about the real axis (all of
 * ./constellation.ts are): then each pair of conjugate columns can be turned into two real ones.
 */
export function constellationConstants(constellation: Constellation): ConstellationConstants {
  const points = upperPoints(constellation);
  const states = fockStates(points);
  const columns = points.flatMap((point) => realColumns(point, states));
  const b = new Matrix(columns).transpose();
  const svd = new SingularValueDecomposition(b, { autoTranspose: true });
  const { leftSingularVectors: u, rightSingularVectors: v } = svd;
  const root = u.mmul(Matrix.diag(svd.diagonal)).mmul(u.transpose());
  const turned = root.mmul(lowered(u)).mmul(v.transpose());
  const sandwiched = root.mmul(lowered(root));
  const norm = turned.dot(turned);
  return { correlation: traceOfRaised(sandwiched), defect: norm - alongStates(points, b, turned) };
}

interface Point {
  readonly real: number;
  readonly imag: number;
  readonly probability: number;
}

/** Points on the real axis and above: the others mirror them. */
function upperPoints({ real, imag, probability }: Constellation): readonly Point[] {
  return Array.from(real, (x, at) => ({
    real: x,
    imag: imag[at] ?? 0,
    probability: probability[at] ?? 0,
  })).filter((point) => point.imag > -onAxis);
}

/** Below this an imaginary part is rounding. */
const onAxis = 1e-12;

const isReal = (point: Point) => point.imag < onAxis;

/** Number states kept: ten standard deviations beyond the brightest state. */
function fockStates(points: readonly Point[]): number {
  const brightest = Math.max(...points.map(({ real, imag }) => real * real + imag * imag));
  return Math.ceil(brightest + 10 * Math.sqrt(brightest) + 24);
}

/** √p |α⟩ in the Fock basis; with its mirror image, as two real columns. */
function realColumns(point: Point, states: number): number[][] {
  const scale = Math.sqrt(point.probability) * (isReal(point) ? 1 : Math.SQRT2);
  let real = scale * Math.exp(-(point.real ** 2 + point.imag ** 2) / 2);
  let imag = 0;
  const reals = [real];
  const imags = [imag];
  for (let n = 1; n < states; n += 1) {
    const root = Math.sqrt(n);
    [real, imag] = [
      (real * point.real - imag * point.imag) / root,
      (real * point.imag + imag * point.real) / root,
    ];
    reals.push(real);
    imags.push(imag);
  }
  return isReal(point) ? [reals] : [reals, imags];
}

/** a M: rows one photon lower. */
function lowered(matrix: Matrix): Matrix {
  const result = Matrix.zeros(matrix.rows, matrix.columns);
  for (let n = 0; n + 1 < matrix.rows; n += 1) {
    const root = Math.sqrt(n + 1);
    for (let column = 0; column < matrix.columns; column += 1) {
      result.set(n, column, root * matrix.get(n + 1, column));
    }
  }
  return result;
}

/** tr(M a†). */
function traceOfRaised(matrix: Matrix): number {
  let trace = 0;
  for (let n = 0; n + 1 < matrix.rows; n += 1) trace += Math.sqrt(n + 1) * matrix.get(n, n + 1);
  return trace;
}

/** Σ p_k |⟨α_k| a_τ |α_k⟩|². */
function alongStates(points: readonly Point[], states: Matrix, turned: Matrix): number {
  const product = (left: number, right: number) =>
    dot(states.getColumn(left), turned.getColumn(right));
  let column = 0;
  let sum = 0;
  for (const point of points) {
    if (isReal(point)) {
      sum += product(column, column) ** 2 / point.probability;
      column += 1;
      continue;
    }
    const along = (product(column, column) + product(column + 1, column + 1)) / 2;
    const across = (product(column, column + 1) - product(column + 1, column)) / 2;
    sum += (2 * (along ** 2 + across ** 2)) / point.probability;
    column += 2;
  }
  return sum;
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, entry, at) => sum + entry * (right[at] ?? 0), 0);
}
