import type { Model } from '#models/language/index.ts';
import type { Result } from '#src/contract/report.ts';
import { topicOf } from './browser/match.ts';
import { escapeHtml } from './escape.ts';
import { bounded, verdictLegend } from './pack.ts';

/** Of the table; where there is little room, `wide` ones are left out. */
const columns = [
  ['Verdict', ''],
  ['Level', 'wide'],
  ['Case', ''],
  ['Requirement', 'wide'],
  ['Messages', 'wide number'],
] as const;

/** The form that filters the results, and the table that the page's script fills. */
export function resultsSection(
  results: readonly Result[],
  {
    model,
    title,
    withoutSteps,
  }: {
    readonly model: Model | null;
    readonly title: string;
    /** How many have a trace that is too much for the page. */
    readonly withoutSteps: number;
  },
): string {
  const levels = ['MUST', 'SHOULD', 'MAY'];
  const topics = [...new Set(results.map(({ id }) => topicOf(id)))].filter((one) => one !== '');
  const named = new Set(results.flatMap(({ requirements }) => requirements));
  const known = Object.keys(byId(model));
  const ids = [...named].toSorted((left, right) => known.indexOf(left) - known.indexOf(right));
  return `<section aria-labelledby="results">
<h2 id="results" tabindex="-1">${escapeHtml(title)}</h2>
<noscript><p>The results are shown by a script, which this browser does not run; report.json holds them too.</p></noscript>
${withoutSteps === 0 ? '' : `<p>The steps of ${withoutSteps} results are too much for this page: their traces have them.</p>`}
<form id="filters" aria-label="Filter">
<p class="search"><label for="search">Search</label> <input id="search" type="search" autocomplete="off" placeholder="words of id, title, requirement, explanation"></p>
${verdictBoxes(results)}
<p>${choice('level', 'Level', levels)} ${choice('topic', 'Topic', topics.toSorted())} ${choice('requirement', 'Requirement', ids)}
<button id="reset" type="button">Show all</button></p>
</form>
<p id="told" role="status"></p>
<table class="results" role="table">
<thead role="rowgroup"><tr role="row">${columns.map(([name, look]) => `<th scope="col" role="columnheader" class="${look}">${name}</th>`).join('')}</tr></thead>
<tbody id="rows" role="rowgroup"></tbody>
</table>
<p><button id="more" type="button" hidden>Show more</button></p>
</section>`;
}

function byId(model: Model | null) {
  const rows = Object.values(model?.requirements ?? {});
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

function verdictBoxes(results: readonly Result[]): string {
  const boxes = verdictLegend().flatMap(({ name, sign }) => {
    const count = results.filter(({ verdict }) => verdict === name).length;
    if (count === 0) return [];
    return `<label><input type="checkbox" name="verdict" value="${name}" checked> <span class="verdict ${name}"><span aria-hidden="true">${sign} </span>${name}</span> (${count})</label>`;
  });
  return `<fieldset><legend>Verdict</legend>${boxes.join(' ')}</fieldset>`;
}

function choice(id: string, label: string, values: readonly string[]): string {
  const options = values.map(
    (value) =>
      `<option value="${escapeHtml(bounded(value))}">${escapeHtml(bounded(value))}</option>`,
  );
  return `<span class="choice"><label for="${id}">${label}</label> <select id="${id}"><option value="">any</option>${options.join('')}</select></span>`;
}
