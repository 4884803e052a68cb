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

/** Lines of one failure. */
const mostLines = 12;

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
  const [id = null] = result.requirements;
  const { known } = result;
  const row = id === null ? null : screen.requirement(id);
  const demanded = [
    headline(result),
    ...(id === null
      ? []
      : told('requirement', row === null ? id : `${row.level} ${row.text} [${id}]`, 2)),
    ...(row === null ? [] : told('cited', `${row.cite.document}, ${row.cite.section}`, 1)),
    ...expected(result, row).flatMap((text, at) => told(at === 0 ? 'expected' : '', text, 1)),
    ...(result.actual === null ? [] : told('actual', result.actual, 1)),
    ...(known === undefined ? [] : told('known', `${known.standing}: ${known.why}`, 1)),
  ];
  const room = mostLines - 1 - demanded.length;
  return [
    ...demanded,
    ...(result.explanation === null ? [] : told('explanation', result.explanation, room)),
    `  replay      ${printable(result.replay)}`,
  ];
}

function headline({ verdict, id, title, tries }: Result): string {
  const often = verdict === 'flaky' ? ` (${tries.failed} of ${tries.of} tries)` : '';
  return `${verdict.toUpperCase()}${often} ${id}: ${printable(title)}`;
}

/**
 * One line an outcome, with its reason where that is not the requirement just shown; where there
 * are more than three, two and the names of the others.
 */
function expected({ expected: outcomes }: Result, row: Requirement | null): readonly string[] {
  const lines = outcomes.map(({ outcome, why }, at) => {
    const reason = why === '' || why === row?.text ? '' : `: ${why}`;
    return `${at === 0 ? '' : 'or '}${outcome}${reason}`;
  });
  if (lines.length <= 3) return lines;
  const others = outcomes.slice(2).map(({ outcome }) => outcome);
  return [...lines.slice(0, 2), `or ${others.join(', ')}`];
}
