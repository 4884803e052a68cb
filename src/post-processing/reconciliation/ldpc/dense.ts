import { codeOf, type Code } from './code.ts';

/** What a proposed matrix of 0 and 1 is: a code, or no matrix of a code, and why. */
export type DenseCode =
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'refused'; readonly reason: DenseFault; readonly message: string };

export type DenseFault = 'notAMatrix' | 'tooLarge' | 'unevenRows' | 'notBinary' | 'emptyCheck';

/** Entries of a matrix that is written out; a longer code is named by its family instead. */
export const denseEntriesAtMost = 2 ** 16;

/** A code from its parity-check matrix, a row each check, as a peer says it. */
export function denseCode(rows: unknown): DenseCode {
  if (!Array.isArray(rows) || rows.length === 0) return refused('notAMatrix');
  const [first]: readonly unknown[] = rows;
  const width = Array.isArray(first) ? first.length : 0;
  if (width === 0) return refused('notAMatrix');
  if (rows.length * width > denseEntriesAtMost) return refused('tooLarge');
  const checks: number[][] = [];
  for (const row of rows) {
    if (!Array.isArray(row)) return refused('notAMatrix');
    if (row.length !== width) return refused('unevenRows');
    const entries: readonly unknown[] = row;
    if (!entries.every((entry) => entry === 0 || entry === 1)) return refused('notBinary');
    const check = [...entries.keys()].filter((variable) => entries[variable] === 1);
    if (check.length === 0) return refused('emptyCheck');
    checks.push(check);
  }
  return { kind: 'code', code: codeOf(width, checks) };
}

function refused(reason: DenseFault): DenseCode {
  return { kind: 'refused', reason, message: messages[reason] };
}

const messages = {
  notAMatrix: 'The matrix is no list of rows.',
  tooLarge: `The matrix has more than ${denseEntriesAtMost} entries.`,
  unevenRows: 'The rows of the matrix differ in length.',
  notBinary: 'The matrix has entries other than 0 and 1.',
  emptyCheck: 'A row of the matrix is zero.',
} as const satisfies Record<DenseFault, string>;
