import type { Model } from '#models/language/index.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Report, Result } from '#src/contract/report.ts';
import { embeddedJson } from './embed.ts';
import { escapeHtml } from './escape.ts';
import { exhibitsOf } from './exhibits.ts';
import { machineSection, type MachinePicture } from './machine-section.ts';
import { matrixOf } from './matrix.ts';
import { matrixSection } from './matrix-section.ts';
import { notesSection } from './notes-section.ts';
import { bounded, inOrder, packed } from './pack.ts';
import { page } from './page.ts';
import type { PageRecord } from './record.ts';
import { resultsSection } from './results-section.ts';
import { pageScript } from './script.ts';
import { reportStyle } from './style.ts';
import { summarySection } from './summary-section.ts';

/** What a page shows besides the report. */
export interface PageSources {
  /** `null` where the protocol is not known: no matrix then, and no text of requirements. */
  readonly model: Model | null;
  /** `null` where the report does not say what was reached. */
  readonly machine: MachinePicture | null;
  /** A result's trace, laid out; `null` where there is none. */
  exhibit(result: Result): Exhibit | null;
}

/** A run as one page that opens from disk: summary, results, requirements, machine, notes. */
export function htmlReport(report: Report, sources: PageSources): string {
  const { model, machine } = sources;
  const { target, fuzz } = report;
  const what = fuzz === undefined ? 'Conformance' : 'Fuzzing';
  const title = bounded(`${what} of ${model?.title ?? target.protocol}: ${target.side}`, 200);
  const found = fuzz === undefined ? 'Results' : 'Findings';
  const results = inOrder(report.results);
  const record = recordOf(results, sources);
  const sections = [
    ...([
      ['summary', 'Summary'],
      ['results', found],
    ] as const),
    ...(model === null ? [] : [['requirements', 'Requirements'] as const]),
    ...(machine === null ? [] : [['machine', 'Machine'] as const]),
    ...(report.notes.length === 0 ? [] : [['notes', 'Notes'] as const]),
  ];
  return page({
    title,
    style: reportStyle,
    body: [
      `<h1>${escapeHtml(title)}</h1>`,
      `<nav aria-label="Parts of the report">${sections.map(([id, name]) => `<a href="#${id}">${name}</a>`).join(' ')}</nav>`,
      summarySection(report),
      resultsSection(results, { model, title: found, withoutSteps: record.exhibitsLeftOut }),
      model === null ? '' : matrixSection(model, matrixOf(model, report.results, target.side)),
      machine === null ? '' : machineSection(machine),
      notesSection(report.notes),
      `<script type="application/json" id="record">${embeddedJson(record)}</script>`,
    ].join('\n'),
    script: pageScript(),
  });
}

/** What the page's script reads. */
function recordOf(results: readonly Result[], { model, exhibit }: PageSources): PageRecord {
  const rows = Object.values(model?.requirements ?? {});
  return {
    ...packed(results),
    ...exhibitsOf(results, exhibit),
    requirements: rows.map(({ id, level, basis, text, cite }) => ({
      id,
      level,
      basis,
      text,
      cited: `${model?.documents[cite.document] ?? cite.document}, ${cite.section}`,
    })),
  };
}
