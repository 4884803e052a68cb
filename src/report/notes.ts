import type { Report } from '#src/contract/report.ts';
import { paragraph } from './text.ts';

/** The notes of a run, two lines each at most, and an empty line behind them. */
export function noteLines(
  { notes }: Pick<Report, 'notes'>,
  { columns }: { readonly columns: number },
): readonly string[] {
  const lines = notes.flatMap(({ requirement, text }) =>
    paragraph('NOTE ', `${text} [${requirement}]`, { columns, lines: 2 }),
  );
  return lines.length === 0 ? [] : [...lines, ''];
}
