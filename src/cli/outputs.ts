import { closeSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '#src/contract/report.ts';
import { jsonReport } from '#src/report/json.ts';
import { junitReport } from '#src/report/junit.ts';
import { codeOf, makeFolder } from './folder.ts';
import { openFolder } from './run-folder.ts';
import { oneOf, usage } from './usage.ts';

const renderers = {
  json: { render: jsonReport, file: 'report.json' },
  junit: { render: junitReport, file: 'junit.xml' },
} as const;

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
  oneOf(name, { known: ['console', ...Object.keys(renderers)], what: 'reporter' });
  if (name === 'console' && at >= 0) throw usage('the console reporter takes no file');
  return { name, file: at < 0 ? null : text.slice(at + 1) };
}

/** The reports of one run. */
export interface Outputs {
  readonly folder: string;
  /** True where a report goes to stdout: people read on stderr. */
  readonly takesStdout: boolean;
  /** Writes them all and returns the files. */
  write(report: Report, stdout: (text: string) => void): readonly string[];
}

/**
 * Claims the files, so that a wrong path is told before the run. `report.json` is always written.
 * `open` makes the folder: without the traces of an earlier run, unless it does otherwise.
 * @throws HarnessError `usage` where a file cannot be written.
 */
export function openOutputs(
  folder: string,
  wanted: readonly Output[],
  open: (folder: string) => void = openFolder,
): Outputs {
  open(folder);
  const outputs = [{ name: 'json', file: null }, ...wanted].flatMap(({ name, file }) => {
    const renderer = new Map(Object.entries(renderers)).get(name);
    if (renderer === undefined) return [];
    return [{ render: renderer.render, path: file ?? join(folder, renderer.file) }];
  });
  const files = new Map(outputs.map(({ path, render }) => [path, render]));
  for (const path of files.keys()) if (path !== '-') claim(path);
  return {
    folder,
    takesStdout: files.has('-'),
    write(report, stdout) {
      for (const [path, render] of files) {
        if (path === '-') stdout(render(report));
        else writeFileSync(path, render(report));
      }
      return [...files.keys()].filter((path) => path !== '-');
    },
  };
}

function claim(path: string): void {
  makeFolder(dirname(path));
  try {
    closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw usage(`cannot write ${path}: ${codeOf(cause)}`, { cause });
  }
}
