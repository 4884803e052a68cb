import type { Picture } from '#src/contract/picture.ts';
import { plot, plotStyle } from '../plots/plot.ts';
import { escapeHtml } from './escape.ts';
import { page } from './page.ts';

/** What a page tells of one session between two sides. */
export interface SessionStory {
  readonly title: string;
  /** What came of it, in one line. */
  readonly summary: string;
  readonly tables: readonly SessionTable[];
  readonly pictures: readonly Picture[];
}

/** Names and what they were or came to. */
export interface SessionTable {
  readonly heading: string;
  readonly rows: readonly SessionRow[];
}

/** `isAmiss`: it should be otherwise. */
export interface SessionRow {
  readonly name: string;
  readonly value: string | number;
  readonly isAmiss?: boolean;
}

/** A page that opens from disk: the ledger of a session, and its pictures with their numbers. */
export function sessionPage({ title, summary, tables, pictures }: SessionStory): string {
  const figures = pictures.map(figure).join('\n');
  return page({
    title,
    style: style + plotStyle,
    body: `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
<div class="ledger">
${tables.map(section).join('\n')}
</div>
${figures === '' ? '' : `<div class="pictures">\n${figures}\n</div>`}`,
  });
}

function section({ heading, rows }: SessionTable): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, value, isAmiss = false }) => {
    const said = escapeHtml(textOf(value));
    const shown = isAmiss ? `<strong class="amiss">✗ ${said}</strong>` : said;
    return `<tr><th scope="row">${escapeHtml(name)}</th><td>${shown}</td></tr>`;
  });
  return `<section><h2>${escapeHtml(heading)}</h2>\n<table>\n${lines.join('\n')}\n</table></section>`;
}

/** Six digits of a number are enough to read. */
function textOf(value: string | number): string {
  return typeof value === 'string' ? value : String(Number(value.toPrecision(6)));
}

function figure(picture: Picture): string {
  const { id, title, description, facts, table = [] } = picture;
  const list = Object.entries(facts).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(textOf(value))}</dd>`,
  );
  return `<figure id="${escapeHtml(id)}">
<h2>${escapeHtml(title)}</h2>
${plot(picture)}
<figcaption>${escapeHtml(description)}
<dl>${list.join('')}</dl>
${numbers(table)}</figcaption>
</figure>`;
}

function numbers([heading, ...rows]: NonNullable<Picture['table']>): string {
  if (heading === undefined) return '';
  const cells = (row: readonly (string | number)[], scope: string) =>
    row
      .map((cell, at) => {
        const isHead = scope === 'col' || at === 0;
        const text = escapeHtml(String(cell));
        return isHead ? `<th scope="${scope}">${text}</th>` : `<td>${text}</td>`;
      })
      .join('');
  return `<details><summary>The numbers</summary>
<table><thead><tr>${cells(heading, 'col')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row, 'row')}</tr>`).join('\n')}</tbody></table></details>`;
}

const style = `
.ledger { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
  gap: 0 2rem; align-items: start; }
.ledger th { font-weight: normal; color: var(--faint); }
.ledger td { overflow-wrap: anywhere; }
.amiss { color: var(--bad); }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
  gap: 1rem 2rem; align-items: start; }
figcaption { font-size: .9rem; } figcaption table { font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: .5rem 0; }
dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
@media print { figure { break-inside: avoid; } }
`;
