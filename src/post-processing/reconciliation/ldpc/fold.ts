import { degreesOf, type Code } from './code.ts';

/**
 * A code with its leaves, the variables of one check only, told apart from the rest, its core. What
 * a leaf tells its check never changes while decoding, so the check remembers it as one number.
 */
export interface FoldedCode {
  readonly code: Code;
  /** The variable that each core variable is. */
  readonly core: Int32Array;
  /** Core variables of each check, numbered as in `core`. */
  readonly coreStart: Int32Array;
  readonly coreEdges: Int32Array;
  /** Leaves of each check, by their variable. */
  readonly leafStart: Int32Array;
  readonly leafEdges: Int32Array;
  /** The checks without leaves; where all have some, all. */
  readonly innerChecks: Int32Array;
  /** Most core variables of a check. */
  readonly widestCheck: number;
  /** Most checks of a variable. */
  readonly busiestVariable: number;
}

/** Tells the leaves of a code from its core. */
export function folded(code: Code): FoldedCode {
  const degrees = degreesOf(code);
  const numbers = new Int32Array(code.variables).fill(-1);
  const core = Int32Array.from([...degrees.keys()].filter((variable) => degrees[variable] !== 1));
  core.forEach((variable, number) => {
    numbers[variable] = number;
  });
  const inCore = edgesWhere(code, (variable) => degrees[variable] !== 1);
  const leaves = edgesWhere(code, (variable) => degrees[variable] === 1);
  return {
    code,
    core,
    coreStart: inCore.start,
    coreEdges: inCore.edges.map((variable) => numbers[variable] ?? 0),
    leafStart: leaves.start,
    leafEdges: leaves.edges,
    innerChecks: innerChecks(leaves.start),
    widestCheck: inCore.start.reduce(
      (most, start, check) => Math.max(most, (inCore.start[check + 1] ?? 0) - start),
      0,
    ),
    busiestVariable: degrees.reduce((most, degree) => Math.max(most, degree), 0),
  };
}

function innerChecks(leafStart: Int32Array): Int32Array {
  const all = Int32Array.from({ length: leafStart.length - 1 }, (_, check) => check);
  const inner = all.filter((check) => leafStart[check] === leafStart[check + 1]);
  return inner.length === 0 ? all : inner;
}

function edgesWhere(code: Code, isWanted: (variable: number) => boolean) {
  const start = new Int32Array(code.checks + 1);
  for (let check = 0; check < code.checks; check += 1) {
    const row = code.checkEdges.subarray(code.checkStart[check], code.checkStart[check + 1]);
    start[check + 1] = (start[check] ?? 0) + row.filter(isWanted).length;
  }
  return { start, edges: code.checkEdges.filter(isWanted) };
}
