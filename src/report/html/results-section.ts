import type { Model } from '#models/language/index.ts';
import type { Result } from '#src/contract/report.ts';
import { topicOf } from './browser/match.ts';
import { escapeHtml } from './escape.ts';
import { verdictLegend } from './pack.ts';

/** The form that filters the results, and the table that the page's script fills. */
export function resultsSection(
  results: readonly Result[],
  model: Model | null,
  title: string,
): string {
  const levels = ['MUST', 'SHOULD', 'MAY'];
  const topics = [...new Set(results.map(({ id }) => topicOf(id)))].filter((one) => one !== '');
  const named = new Set(results.flatMap(({ requirements }) => requirements));
  const known = Object.keys(byId(model));
  const ids = [...named].toSorted((left, right) => known.indexOf(left) - known.indexOf(right));
  return `<section aria-labelledby="results">
<h2 id="results" tabindex="-1">${escapeHtml(title)}</h2>
<noscript><p>The results are shown by a script, which this browser does not run; report.json holds them too.</p></noscript>
<form id="filters" aria-label="Filter">
<p class="search"><label for="search">Search</label> <input id="search" type="search" autocomplete="off" placeholder="words of id, title, requirement, explanation"></p>
${verdictBoxes(results)}
<p>${choice('level', 'Level', levels)} ${choice('topic', 'Topic', topics.toSorted())} ${choice('requirement', 'Requirement', ids)}
<button id="reset" type="button">Show all</button></p>
</form>
<p id="told" role="status"></p>
<table class="results">
<thead><tr><th scope="col">Verdict</th><th scope="col" class="wide">Level</th><th scope="col">Case</th><th scope="col" class="wide">Requirement</th><th scope="col" class="wide number">Messages</th></tr></thead>
<tbody id="rows"></tbody>
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
    (value) => `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`,
  );
  return `<span class="choice"><label for="${id}">${label}</label> <select id="${id}"><option value="">any</option>${options.join('')}</select></span>`;
}
