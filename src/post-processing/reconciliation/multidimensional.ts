import { conjugateAt, multiplyAt } from './octonion.ts';

/** Samples that one rotation takes. */
export const dimensions = 8;

/** A rotation for each eight samples, and their lengths: tells nothing of the bits alone. */
export interface Mapping {
  /** Unit octonions, eight numbers each. */
  readonly rotations: Float64Array;
  /** One length for each eight samples. */
  readonly norms: Float64Array;
}

/** Below this all is certain, and numbers would overflow. */
const varianceAtLeast = 1e-12;
/** A bit of 0 is +1/√8, so eight bits are a vector of length 1. */
const scale = 1 / Math.sqrt(dimensions);

/**
 * The rotations from samples to bits: m = u · y/|y| for the unit vector u of eight bits. A length
 * of 0 leaves u as it is, and counts for nothing afterwards.
 *
 * @param bits 0 or 1, as many as samples
 * @param samples a multiple of eight
 * @see Leverrier, Alléaume, Boutros, Zémor and Grangier, arXiv 0712.3823
 */
export function toMapping(bits: Uint8Array, samples: Float64Array): Mapping {
  const left = new Float64Array(samples.length);
  for (let at = 0; at < left.length; at += 1) left[at] = bits[at] === 1 ? -scale : scale;
  const { units, norms } = normalised(samples);
  const rotations = new Float64Array(samples.length);
  for (let at = 0; at < samples.length; at += dimensions) {
    multiplyAt({ left, right: units, out: rotations }, at);
  }
  return { rotations, norms };
}

/**
 * What the other's samples say of the bits, as ln p(0)/p(1): with v = m · conj(x/|x|), it is
 * 2|x||y| v/(σ²√8) where y = x + noise of variance σ².
 */
export function llrsOf(
  { rotations, norms }: Mapping,
  samples: Float64Array,
  noiseVariance: number,
): Float64Array {
  const { units, norms: lengths } = normalised(samples);
  const variance = Math.max(noiseVariance, varianceAtLeast);
  const llrs = new Float64Array(samples.length);
  for (let at = 0; at < samples.length; at += dimensions) {
    conjugateAt(units, at);
    multiplyAt({ left: rotations, right: units, out: llrs }, at);
    const group = at / dimensions;
    const weight = (2 * scale * (lengths[group] ?? 0) * (norms[group] ?? 0)) / variance;
    for (let part = at; part < at + dimensions; part += 1) {
      llrs[part] = (llrs[part] ?? 0) * weight;
    }
  }
  return llrs;
}

/** Each eight samples by their length; where that is 0, the octonion 1. */
function normalised(samples: Float64Array) {
  const units = new Float64Array(samples.length);
  const norms = new Float64Array(samples.length / dimensions);
  for (let group = 0; group < norms.length; group += 1) {
    const start = dimensions * group;
    let square = 0;
    for (let at = start; at < start + dimensions; at += 1)
      square += (samples[at] ?? 0) * (samples[at] ?? 0);
    const norm = Math.sqrt(square);
    norms[group] = norm;
    if (norm === 0) units[start] = 1;
    else
      for (let at = start; at < start + dimensions; at += 1) units[at] = (samples[at] ?? 0) / norm;
  }
  return { units, norms };
}
