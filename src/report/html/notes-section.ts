import type { Note } from '#src/contract/report.ts';
import { escapeHtml } from './escape.ts';
import { bounded } from './pack.ts';

/** What a reader should know of what was spoken; nothing where there is nothing. */
export function notesSection(notes: readonly Note[]): string {
  if (notes.length === 0) return '';
  const items = notes.map(
    ({ requirement, citation, text }) =>
      `<li>${escapeHtml(bounded(text))} <span class="faint">(${escapeHtml(bounded(citation))})</span> <code>${escapeHtml(bounded(requirement))}</code></li>`,
  );
  return `<section aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>${items.join('')}</ul></section>`;
}
