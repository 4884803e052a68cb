import { compare } from '#src/report/compare/comparison.ts';
import { comparisonMarkdown } from '#src/report/compare/comparison-markdown.ts';
import { comparisonLines } from '#src/report/compare/comparison-text.ts';
import type { Screen } from './screen.ts';
import { readRun } from './stored-run.ts';
import { writeTexts, type Text } from './texts.ts';

/** Tells what changed between two stored runs; exit 1 where something got worse. */
export function compareRuns(
  [before, after]: readonly [before: string, after: string],
  reporters: readonly string[],
  screen: Screen,
): number {
  const comparison = compare(readRun(before).report, readRun(after).report);
  const columns = Math.min(screen.columns, 120);
  const { colour } = screen;
  const forms: Readonly<Record<string, Text>> = {
    console: () => `${comparisonLines(comparison, { columns, colour }).join('\n')}\n`,
    json: () => `${JSON.stringify(comparison, null, 2)}\n`,
    markdown: () => comparisonMarkdown(comparison),
  };
  writeTexts(forms, reporters, screen);
  return comparison.isWorse ? 1 : 0;
}
