import type { Report, Result } from '#src/contract/report.ts';
import { verdictNames, type VerdictName } from '#src/contract/verdict.ts';
import { isKnown } from '#src/gate/ending.ts';
import { shown } from './failure.ts';
import { gateSummary } from './gate-lines.ts';
import { painter } from './paint.ts';
import { counted, paragraph, printable } from './text.ts';

/** The last screen of a run, at most 12 lines. `files` are the reports that were written. */
export function summaryLines(
  report: Report,
  screen: {
    readonly columns: number;
    readonly colour: boolean;
    readonly files: readonly string[];
  },
): readonly string[] {
  const { columns } = screen;
  const { states, transitions, requirements } = report.coverage;
  const { target, seed, durationMs, exit } = report;
  const paint = painter(screen.colour);
  const seconds = (durationMs / 1000).toFixed(1);
  const verdict = exit.exitCode === 0 ? 'pass' : 'fail';
  const news = report.results.filter((result) => !isKnown(result));
  return [
    counts(report, paint),
    `coverage: ${states.hit}/${states.total} states, ` +
      `${transitions.hit}/${transitions.total} transitions, ` +
      `${requirements.hit}/${requirements.total} requirements`,
    ...told('not passed: ', notPassed(news), { columns, lines: 2 }),
    ...told('read otherwise: ', otherReadings(report.results), { columns, lines: 1 }),
    `target ${printable(target.url || 'not reached')}, side ${target.side}, seed ${seed}, ${seconds} s`,
    ...told('', gateSummary(report) ?? '', { columns, lines: 1 }),
    ...reports(screen.files),
    paint(verdict, `exit ${exit.exitCode}: ${printable(exit.because)}`),
  ];
}

function counts(report: Report, paint: (verdict: VerdictName, text: string) => string): string {
  const { summary, results } = report;
  const parts = Object.keys(verdictNames)
    .filter(isVerdict)
    .filter((name) => summary[name] > 0)
    .map((name) => paint(name, `${summary[name]} ${name}`));
  return `${counted(results.length, 'case')}: ${parts.join(', ') || 'none was run'}`;
}

function isVerdict(name: string): name is VerdictName {
  return name in verdictNames;
}

/** The cases by id where they are few, else how many there are for each requirement. */
function notPassed(results: readonly Result[]): string {
  const red = results.filter(({ verdict }) => shown.has(verdict) && verdict !== 'warn');
  if (red.length <= 3) return red.map(({ id }) => id).join(', ');
  const byRequirement = Object.groupBy(red, ({ requirements }) => requirements[0] ?? 'none');
  return Object.entries(byRequirement)
    .map(([id, group = []]) => `${group.length} ${id}`)
    .sort((left, right) => Number.parseInt(right, 10) - Number.parseInt(left, 10))
    .join(', ');
}

function otherReadings(results: readonly Result[]): string {
  return [...new Set(results.flatMap(({ reading }) => reading))].join(', ');
}

function told(label: string, text: string, room: Parameters<typeof paragraph>[2]) {
  return text === '' ? [] : paragraph(label, text, room);
}

/** One line a report, four at most. */
function reports(files: readonly string[]): readonly string[] {
  const named = files.length <= 4 ? files : [...files.slice(0, 3), `and ${files.length - 3} more`];
  return named.map((file, index) => `${index === 0 ? 'reports: ' : '         '}${file}`);
}
