import { createHash } from 'node:crypto';

/**
 * A binary linear code by its sparse parity-check matrix: the variables of check c are
 * `checkEdges[checkStart[c]]` up to, not including, `checkEdges[checkStart[c + 1]]`, ascending.
 */
export interface Code {
  readonly variables: number;
  readonly checks: number;
  readonly checkStart: Int32Array;
  readonly checkEdges: Int32Array;
  /** Of variables, checks, `checkStart`, `checkEdges` as 32-bit little-endian integers, in hex. */
  readonly sha256: string;
}

/** The code whose check c holds the variables `rows[c]`, in any order but each once. */
export function codeOf(variables: number, rows: readonly (readonly number[])[]): Code {
  const checkStart = new Int32Array(rows.length + 1);
  rows.forEach((row, check) => {
    checkStart[check + 1] = (checkStart[check] ?? 0) + row.length;
  });
  const checkEdges = new Int32Array(checkStart[rows.length] ?? 0);
  rows.forEach((row, check) => {
    checkEdges.set(
      row.toSorted((one, other) => one - other),
      checkStart[check],
    );
  });
  const checks = rows.length;
  const sha256 = digest([Int32Array.of(variables, checks), checkStart, checkEdges]);
  return { variables, checks, checkStart, checkEdges, sha256 };
}

/** How many checks each variable is in. */
export function degreesOf(code: Code): Int32Array {
  const degrees = new Int32Array(code.variables);
  for (const variable of code.checkEdges) degrees[variable] = (degrees[variable] ?? 0) + 1;
  return degrees;
}

function digest(parts: readonly Int32Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = new DataView(new ArrayBuffer(part.byteLength));
    part.forEach((value, index) => bytes.setInt32(4 * index, value, true));
    hash.update(bytes);
  }
  return hash.digest('hex');
}
