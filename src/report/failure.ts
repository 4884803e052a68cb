import type { Requirement } from '#models/language/index.ts';
import type { Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { paragraph, printable } from './text.ts';

/** Verdicts that are shown as soon as they are known. */
export const shown: ReadonlySet<VerdictName> = new Set([
  'fail',
  'flaky',
  'untestable',
  'error',
  'warn',
]);

/**
 * One case that did not pass, in at most 12 lines: what was demanded, by whom, what came instead,
 * and how to see it again. `requirement` finds the broken one's text.
 */
export function failureLines(
  result: Result,
  screen: {
    readonly columns: number;
    readonly requirement: (id: string) => Requirement | null;
  },
): readonly string[] {
  const { columns } = screen;
  const told = (label: string, text: string, lines: number) =>
    paragraph(`  ${label.padEnd(12)}`, text, { columns, lines });
  return [
    headline(result),
    ...demand(result, screen.requirement).flatMap((text, index) =>
      told(index === 0 ? 'requirement' : 'cited', text, 2 - index),
    ),
    ...expected(result).flatMap((text, index) => told(index === 0 ? 'expected' : '', text, 1)),
    ...(result.actual === null ? [] : told('actual', result.actual, 1)),
    ...(result.explanation === null ? [] : told('explanation', result.explanation, 3)),
    `  replay      ${printable(result.replay)}`,
  ];
}

function headline({ verdict, id, title, tries }: Result): string {
  const often = verdict === 'flaky' ? ` (${tries.failed} of ${tries.of} tries)` : '';
  return `${verdict.toUpperCase()}${often} ${id}: ${printable(title)}`;
}

/** The first requirement with its text, and where it stands; without texts, its id alone. */
function demand(result: Result, requirement: (id: string) => Requirement | null): string[] {
  const [id] = result.requirements;
  if (id === undefined) return [];
  const row = requirement(id);
  if (row === null) return [id];
  return [`${row.level} ${row.text} [${id}]`, `${row.cite.document}, ${row.cite.section}`];
}

/** One line an outcome; where there are more than three, two and the names of the others. */
function expected({ expected: outcomes }: Result): readonly string[] {
  const lines = outcomes.map(
    ({ outcome, why }, index) =>
      `${index === 0 ? '' : 'or '}${outcome}${why === '' ? '' : `: ${why}`}`,
  );
  if (lines.length <= 3) return lines;
  const others = outcomes.slice(2).map(({ outcome }) => outcome);
  return [...lines.slice(0, 2), `or ${others.join(', ')}`];
}
