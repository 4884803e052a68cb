import type { Report } from '#src/contract/report.ts';
import { verdictNames } from '#src/contract/verdict.ts';
import { escapeHtml } from './escape.ts';
import { page } from './page.ts';

/** A run, and where its own page lies, seen from the overview. */
export interface Listed {
  readonly report: Report;
  readonly href: string;
}

/** Several runs as one page that leads to theirs. */
export function overviewPage(title: string, runs: readonly Listed[]): string {
  const head = ['target', 'ended', 'cases', 'states', 'transitions', 'requirements'];
  const body = `<h1>${escapeHtml(title)}</h1>
<table>
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${runs.map(row).join('\n')}
</tbody>
</table>`;
  return page({ title, body });
}

function row({ report, href }: Listed): string {
  const { target, exit, summary, coverage } = report;
  const counts = Object.entries(summary).filter(
    ([name, count]) => name in verdictNames && count > 0,
  );
  const shares = [coverage.states, coverage.transitions, coverage.requirements];
  const cells = [
    `exit ${exit.exitCode}: ${exit.because}`,
    counts.map(([name, count]) => `${count} ${name}`).join(', ') || 'none was run',
    ...shares.map(({ hit, total }) => `${hit} of ${total}`),
  ];
  const name = escapeHtml(`${target.protocol} ${target.side}: ${target.url || 'not reached'}`);
  const link = `<th scope="row"><a href="${escapeHtml(encodeURI(href))}">${name}</a></th>`;
  return `<tr>${link}${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
}
