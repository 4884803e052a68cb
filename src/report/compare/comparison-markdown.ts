import { isRed, type Comparison } from './comparison.ts';
import { code, markdownTable, prose, shell } from '../markdown-text.ts';

/** Rows of each table. */
const mostRows = 100;

/** A comparison as Markdown, for the summary of a CI job. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { worse, better, other, added, gone, findings, coverage, same } = comparison;
  const red = added.filter(({ verdict }) => isRed(verdict));
  const changed = (title: string, rows: Comparison['worse']) =>
    table(title, ['case', 'before', 'after', 'what changed'], rows.map(cells));
  const lone = (title: string, rows: Comparison['added']) =>
    table(
      title,
      ['case', 'verdict', 'title'],
      rows.map((row) => [code(row.id), row.verdict, prose(row.title)]),
    );
  const found = (title: string, rows: Comparison['findings']['added']) =>
    table(
      title,
      ['finding', 'kind', 'requirement', 'actual'],
      rows.map((row) => [code(row.id), row.kind, code(row.requirement), prose(row.actual)]),
    );
  const shares = Object.entries(coverage).map(([name, { before, after }]) => [
    name,
    `${before.hit}/${before.total}`,
    `${after.hit}/${after.total}`,
  ]);
  const replays = worse.slice(0, mostRows).map(({ replay }) => replay);
  const sections = [
    `## qkdspec: ${worse.length} worse, ${better.length} better, ${same} the same`,
    comparison.differences.map((text) => `- ${prose(text)}`).join('\n'),
    changed('Worse', worse),
    found('New findings', findings.added),
    changed('Better', better),
    found('Findings that were not met again', findings.gone),
    changed('Otherwise', other),
    lone('New and not passed', red),
    `New: ${added.length - red.length} others. Gone: ${gone.length}.`,
    markdownTable(['coverage', 'before', 'after'], shares),
    replays.length === 0
      ? ''
      : `<details><summary>Play them again</summary>\n\n${shell(replays)}\n\n</details>`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function cells({ id, before, after, detail }: Comparison['worse'][number]): readonly string[] {
  return [code(id), before, after, prose(detail ?? '')];
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const more = rows.length > mostRows ? `\n\nand ${rows.length - mostRows} more` : '';
  return `### ${title} (${rows.length})\n\n${markdownTable(head, rows.slice(0, mostRows))}${more}`;
}
