import type { Drawn, DrawnApart } from '#src/report/format.ts';
import { oneOf, usage } from './usage.ts';

/** A form that a run may be stored in; it is loaded when somebody wants it. */
export type Format =
  | { readonly kind: 'file'; readonly path: string; readonly load: () => Promise<Drawn> }
  | { readonly kind: 'folder'; readonly path: string; readonly load: () => Promise<DrawnApart> };

/** All forms but the console, by name; `path` is where each goes in the run's folder. */
export const formats: Readonly<Record<string, Format>> = {
  json: {
    kind: 'file',
    path: 'report.json',
    load: async () => (await import('#src/report/json.ts')).jsonReport,
  },
  junit: {
    kind: 'file',
    path: 'junit.xml',
    load: async () => (await import('#src/report/junit.ts')).junitReport,
  },
  markdown: {
    kind: 'file',
    path: 'summary.md',
    load: async () => (await import('#src/report/markdown.ts')).markdownReport,
  },
  html: {
    kind: 'file',
    path: 'report.html',
    load: async () => (await import('./html-format.ts')).htmlFormat(),
  },
  sarif: {
    kind: 'file',
    path: 'report.sarif',
    load: async () => (await import('#src/report/sarif.ts')).sarifReport,
  },
  allure: {
    kind: 'folder',
    path: 'allure-results',
    load: async () => (await import('#src/report/allure.ts')).allureReport,
  },
};

/** One `--reporter name[:file]`; the console is always there. */
export interface Output {
  readonly name: string;
  /** `null`: its own name in the run's folder; `-`: stdout. */
  readonly file: string | null;
}

/** @throws HarnessError `usage` naming the nearest reporter. */
export function parseReporter(text: string): Output {
  const at = text.indexOf(':');
  const name = at < 0 ? text : text.slice(0, at);
  oneOf(name, { known: ['console', ...Object.keys(formats)], what: 'reporter' });
  const file = at < 0 ? null : text.slice(at + 1);
  if (name === 'console' && file !== null) throw usage('the console reporter takes no file');
  if (file === '') throw usage(`--reporter ${text}: the file has no name`);
  if (file === '-' && formats[name]?.kind === 'folder') {
    throw usage(`the ${name} reporter writes a folder, not stdout`);
  }
  return { name, file };
}
