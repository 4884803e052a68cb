import type { Requirement } from '#models/language/index.ts';
import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { gateSummary } from './gate-lines.ts';
import { painter } from './paint.ts';
import { counted, paragraph, printable } from './text.ts';

/** The last screen of a campaign, at most 12 lines: what it did, the first finding, the others. */
export function fuzzSummaryLines(
  report: Report,
  screen: {
    readonly columns: number;
    readonly colour: boolean;
    readonly files: readonly string[];
    readonly requirement: (id: string) => Requirement | null;
  },
): readonly string[] {
  const { fuzz, coverage, target, seed, durationMs, exit, results } = report;
  const { states, transitions } = coverage;
  const paint = painter(screen.colour);
  const [first, ...others] = results.filter(
    (result) => result.verdict !== 'pass' && !isKnown(result),
  );
  const line = (label: string, text: string, lines = 1) =>
    paragraph(label, text, { columns: screen.columns, lines });
  return [
    `${fuzz?.messages ?? 0} messages (${fuzz?.messagesPerSecond ?? 0}/s), ` +
      `${counted(fuzz?.sessions ?? 0, 'session')}, ${counted(fuzz?.restarts ?? 0, 'restart')}, ` +
      `${counted(fuzz?.findings.length ?? 0, 'finding')}`,
    `coverage: ${states.hit}/${states.total} states, ` +
      `${transitions.hit}/${transitions.total} transitions, ${fuzz?.triples ?? 0} triples`,
    ...(first === undefined
      ? []
      : foremost(first, screen.requirement).flatMap(([a, b]) => line(a, b))),
    ...(first === undefined ? [] : [`  replay      ${printable(first.replay)}`]),
    ...(others.length === 0 ? [] : line('others: ', othersOf(others), 2)),
    `target ${printable(target.url || 'not reached')}, side ${target.side}, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s`,
    ...[gateSummary(report) ?? []].flat().flatMap((text) => line('', text)),
    ...(screen.files.length === 0 ? [] : [`reports: ${screen.files.join(' ')}`]),
    paint(
      exit.exitCode === 0 ? 'pass' : 'fail',
      `exit ${exit.exitCode}: ${printable(exit.because)}`,
    ),
  ];
}

function foremost(
  result: Result,
  requirement: (id: string) => Requirement | null,
): readonly (readonly [label: string, text: string])[] {
  const [id = ''] = result.requirements;
  const text = requirement(id)?.text;
  const wanted = result.expected.map(({ outcome }) => outcome).join(' or ');
  return [
    [`${result.verdict.toUpperCase()} `, `${result.id}: ${result.title}`],
    ['  requirement ', text === undefined ? id : `${text} [${id}]`],
    ['  expected    ', wanted || 'nothing'],
    ['  actual      ', result.actual ?? ''],
  ];
}

function othersOf(results: readonly Result[]): string {
  return results
    .map(({ id, kind, requirements }) => `${id.split('/').at(-1)} ${kind} ${requirements[0]}`)
    .join(', ');
}
