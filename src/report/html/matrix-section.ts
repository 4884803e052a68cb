import type { Model } from '#models/language/index.ts';
import { counted } from '../text.ts';
import { escapeHtml } from './escape.ts';
import type { MatrixRow, MatrixSection } from './matrix.ts';
import { verdictSigns } from './pack.ts';

/** Roles say again what the elements are: where there is little room, the style stacks the cells. */
const heads = ['Section', 'Requirement', 'Level', 'Verdict', 'Reading'];

/** The matrix as a table for each document. */
export function matrixSection(model: Model, sections: readonly MatrixSection[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const tested = rows.filter(({ untested }) => untested === null).length;
  const byDocument = Map.groupBy(sections, ({ document }) => document);
  const tables = [...byDocument].map(([document, group]) =>
    documentTable(model.documents[document] ?? document, group),
  );
  return `<section aria-labelledby="requirements">
<h2 id="requirements">Requirements</h2>
<p>${tested} of ${rows.length} requirements were tested. Where no reading is named, the assumed one held.</p>
${tables.join('\n')}
</section>`;
}

function documentTable(title: string, sections: readonly MatrixSection[]): string {
  const rows = sections.flatMap(({ section, rows: group }) =>
    group.map((row, index) => matrixRow(row, index === 0 ? { section, rows: group.length } : null)),
  );
  return `<details class="document" open>
<summary>${escapeHtml(title)}</summary>
<div class="scroller" tabindex="0" role="region" aria-label="${escapeHtml(title)}">
<table class="matrix" role="table">
<thead role="rowgroup"><tr role="row">${heads.map((head) => `<th scope="col" role="columnheader">${head}</th>`).join('')}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>
</div>
</details>`;
}

function matrixRow(
  row: MatrixRow,
  opens: { readonly section: string; readonly rows: number } | null,
): string {
  const { id, level, text } = row.requirement;
  const section =
    opens === null
      ? ''
      : `<th scope="rowgroup" role="rowheader" rowspan="${opens.rows}">${escapeHtml(opens.section)}</th>`;
  const name = `<th scope="row" role="rowheader" class="text"><code>${escapeHtml(id)}</code> ${escapeHtml(text)}</th>`;
  const cells = [level, outcome(row), escapeHtml(row.readings.join(', '))];
  const told = cells.map((cell) => `<td role="cell">${cell}</td>`).join('');
  return `<tr role="row">${section}${name}${told}</tr>`;
}

function outcome({ requirement: { id }, verdict, counts, untested }: MatrixRow): string {
  if (verdict === null) {
    return `<span class="untested">○ untested:</span> <span class="faint">${escapeHtml(untested ?? '')}</span>`;
  }
  const sign = `<span aria-hidden="true">${verdictSigns[verdict]} </span>`;
  const cases = counted(
    counts.reduce((sum, count) => sum + count.cases, 0),
    'case',
  );
  const link = `<a href="#results" data-requirement="${escapeHtml(id)}">${cases}</a>`;
  const told = counts.map((count) => `${count.cases} ${count.verdict}`).join(', ');
  return `<span class="verdict ${verdict}">${sign}${verdict}</span> ${link} <span class="faint">(${told})</span>`;
}
