/**
 * A multi-edge ensemble of the shape used here. Core variables carry edges of type 1 and 2; each
 * leaf has one edge only, into a check that holds, besides it, edges of type 2. The other checks
 * hold edges of type 1 only. Sockets of a type are spread evenly over the checks that have them.
 */
export interface Ensemble {
  /** Checks for each variable. */
  readonly checkShare: number;
  readonly core: readonly CoreClass[];
}

interface CoreClass {
  /** Share of all variables. */
  readonly share: number;
  readonly type1: number;
  readonly type2: number;
}

/** An ensemble for one length: whole numbers. */
export interface Shape {
  readonly variables: number;
  /** Edges of each core variable, fewest of type 1 first; the leaves follow after them. */
  readonly core: readonly Pick<CoreClass, 'type1' | 'type2'>[];
  /** Edges of each check of type 1 only; these checks come first. */
  readonly type1Checks: readonly number[];
  /** Edges of type 2 of each check with a leaf: check by check, leaf by leaf. */
  readonly leafChecks: readonly number[];
}

/**
 * Rate 0.1, asymptotic efficiency 0.963: spread evenly, its checks have 11 or 12 edges of type 1,
 * or a leaf and 2 or 3 edges of type 2.
 *
 * @see Richardson and Urbanke, Multi-edge type LDPC codes; Jouguet et al., arXiv 1110.0100
 */
export const rateOneTenth = {
  checkShare: 0.9,
  core: [
    { share: 0.0775, type1: 2, type2: 20 },
    { share: 0.0475, type1: 3, type2: 22 },
  ],
} as const satisfies Ensemble;

/** The whole numbers nearest to the shares. */
export function shapeFor(ensemble: Ensemble, variables: number): Shape {
  const core = ensemble.core.flatMap(({ share, type1, type2 }) =>
    Array.from({ length: Math.round(share * variables) }, () => ({ type1, type2 })),
  );
  const leaves = variables - core.length;
  const checks = Math.round(ensemble.checkShare * variables);
  const sockets = (type: 'type1' | 'type2') => core.reduce((sum, one) => sum + one[type], 0);
  return {
    variables,
    core,
    type1Checks: spread(sockets('type1'), checks - leaves),
    leafChecks: spread(sockets('type2'), leaves),
  };
}

/** A sum of `count` whole numbers that differ by one at most, the small ones first. */
function spread(sum: number, count: number): readonly number[] {
  const small = Math.floor(sum / count);
  const large = sum - small * count;
  return Array.from({ length: count }, (_, at) => (at < count - large ? small : small + 1));
}
