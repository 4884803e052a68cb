import { seededRandom } from '#src/base/random.ts';
import { codeOf, type Code } from './code.ts';
import { shapeFor, type Ensemble } from './ensemble.ts';
import { growEdges } from './peg.ts';
import { scatterEdges } from './scatter.ts';

/**
 * A code of an ensemble, the same from the same seed: core variables first, then the leaves; checks
 * of type 1 first, then those with a leaf.
 */
export function multiEdgeCode(ensemble: Ensemble, variables: number, seed: number): Code {
  const random = seededRandom(seed);
  const { core, type1Checks, leafChecks } = shapeFor(ensemble, variables);
  const type1 = rowsOf(
    growEdges(
      core.map((one) => one.type1),
      type1Checks,
      random.fork('type 1'),
    ),
    type1Checks.length,
  );
  const type2 = scatterEdges(
    core.map((one) => one.type2),
    leafChecks,
    { taken: type1, random: random.fork('type 2') },
  );
  return codeOf(variables, [...type1, ...type2.map((row, leaf) => [...row, core.length + leaf])]);
}

/** Columns to rows. */
function rowsOf(columns: readonly (readonly number[])[], rows: number): readonly number[][] {
  const turned: number[][] = Array.from({ length: rows }, () => []);
  columns.forEach((column, variable) => {
    for (const row of column) turned[row]?.push(variable);
  });
  return turned;
}
