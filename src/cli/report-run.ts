import { join } from 'node:path';
import { systemClock } from '#src/base/clock.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Report } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import { protocols } from '#src/protocols/index.ts';
import { consoleReporter } from '#src/report/console.ts';
import { fuzzConsole } from '#src/report/fuzz-console.ts';
import { parseReporter } from './formats.ts';
import { claimOutputs } from './outputs.ts';
import type { Screen } from './screen.ts';
import { readRun } from './stored-run.ts';

/** Draws a stored run in other forms, on the console where none is named; exit 0. */
export async function reportRun(
  path: string,
  reporters: readonly string[],
  screen: Screen,
): Promise<number> {
  const wanted = reporters.map(parseReporter);
  const { report, folder } = readRun(path);
  const outputs = claimOutputs(folder, wanted);
  const files = await outputs.write(report, screen.out);
  const onConsole = wanted.length === 0 || wanted.some(({ name }) => name === 'console');
  const write = outputs.takesStdout ? screen.err : screen.out;
  if (onConsole) {
    showRun(report, {
      write,
      colour: screen.colour && !outputs.takesStdout,
      columns: Math.min(screen.columns, 120),
      files: [join(folder, 'report.json'), ...files],
    });
  } else for (const file of files) write(`${file}\n`);
  return 0;
}

interface Showing {
  readonly write: (text: string) => void;
  readonly colour: boolean;
  readonly columns: number;
  readonly files: readonly string[];
}

/** The run as it was shown when it ended: what did not pass, and the last screen. */
export function showRun(report: Report, showing: Showing): void {
  const model = protocols.find(({ name }) => name === report.target.protocol)?.model;
  const rows = new Map(Object.values(model?.requirements ?? {}).map((row) => [row.id, row]));
  const options = {
    ...showing,
    live: false,
    progress: false,
    nowMs: () => systemClock.nowMs(),
    requirement: (id: string) => rows.get(id) ?? null,
  };
  if (report.fuzz !== undefined) {
    const chart = model === undefined ? null : chartOf(model.session);
    const totals = {
      states: chart?.states.length ?? 0,
      transitions: chart?.transitions.length ?? 0,
    };
    const people = fuzzConsole({ ...options, totals });
    const found = report.results.filter(({ verdict }) => verdict !== 'pass');
    for (const result of found) people.finding(result);
    return people.end(report, showing.files);
  }
  const people = consoleReporter(options);
  for (const [at, result] of report.results.entries()) {
    people.tell({ kind: 'result', result, trace: unseen, done: at + 1 });
  }
  people.end(report, showing.files);
}

/** The console looks at no trace. */
const unseen: Trace = { protocol: '', dialect: '', peer: '', options: {}, seed: 0, events: [] };
