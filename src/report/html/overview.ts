import type { Report } from '#src/contract/report.ts';
import { verdictNames } from '#src/contract/verdict.ts';
import { escapeHtml } from './escape.ts';
import { page } from './page.ts';

/** A run, and where its own page lies, seen from the overview. */
export interface Listed {
  readonly report: Report;
  readonly href: string;
}

/** A session between both reference sides, and where its page lies. */
export interface ListedSession {
  readonly title: string;
  readonly href: string;
}

/** Several runs and sessions as one page that leads to theirs. */
export function overviewPage(
  title: string,
  runs: readonly Listed[],
  sessions: readonly ListedSession[],
): string {
  const head = ['target', 'ended', 'cases', 'states', 'transitions', 'requirements'];
  const body = `<h1>${escapeHtml(title)}</h1>
<table>
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${runs.map(row).join('\n')}
</tbody>
</table>
<h2>One whole session each</h2>
<ul>
${sessions.map((one) => `<li>${linked(one.href, one.title)}</li>`).join('\n')}
</ul>`;
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
  const name = `${target.protocol} ${target.side}: ${target.url || 'not reached'}`;
  const link = linked(href, name);
  return `<tr><th scope="row">${link}</th>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
}

function linked(href: string, text: string): string {
  return `<a href="${escapeHtml(encodeURI(href))}">${escapeHtml(text)}</a>`;
}
