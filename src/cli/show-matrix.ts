import { protocols } from '#src/protocols/index.ts';
import { matrixMarkdown } from '#src/report/matrix/matrix-markdown.ts';
import { matrixLines } from '#src/report/matrix/matrix-text.ts';
import { matrixOf, type Matrix } from '#src/report/matrix/matrix.ts';
import type { Screen } from './screen.ts';
import { readRun } from './stored-run.ts';
import { writeTexts, type Text } from './texts.ts';

/** Shows stored runs side by side, and what is predicted of their targets together; exit 0. */
export function showMatrix(
  runs: readonly string[],
  { by, wanted }: { readonly by: Matrix['by']; readonly wanted: readonly string[] },
  screen: Screen,
): number {
  const reports = runs.map((run) => readRun(run).report);
  const model = (name: string) => protocols.find((one) => one.name === name)?.model ?? null;
  const matrix = matrixOf(reports, { by, model });
  const { colour, columns } = screen;
  const forms: Readonly<Record<string, Text>> = {
    console: () => `${matrixLines(matrix, { colour, columns }).join('\n')}\n`,
    markdown: () => matrixMarkdown(matrix),
    json: () => `${JSON.stringify(matrix, null, 2)}\n`,
  };
  writeTexts(forms, wanted, screen);
  return 0;
}
