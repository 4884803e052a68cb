import type { Model } from '#models/language/index.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { meetings, type Meeting } from './meetings.ts';

/** One target, by the run that tested it. */
export interface Column {
  readonly name: string;
  readonly protocol: string;
  readonly side: string;
  readonly exit: Report['exit'];
}

/** What the cases about one thing came to on one target: the worst verdict, and how many had it. */
export interface Cell {
  readonly verdict: VerdictName;
  readonly count: number;
  readonly of: number;
}

/** One requirement or topic over all targets; `null` where a run had no case about it. */
export interface Row {
  readonly id: string;
  readonly cells: readonly (Cell | null)[];
}

/** Several targets side by side. */
export interface Matrix {
  readonly by: 'requirement' | 'topic';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly meetings: readonly Meeting[];
}

/** What a matrix is made of. */
export interface MatrixOptions {
  readonly by: Matrix['by'];
  /** The model of a protocol; `null` where it is not known here. */
  readonly model: (protocol: string) => Model | null;
}

/** Puts runs side by side, and says who of them will understand whom. */
export function matrixOf(reports: readonly Report[], { by, model }: MatrixOptions): Matrix {
  const names = distinctNames(reports);
  const columns = reports.map((report, at) => ({
    name: names[at] ?? '',
    protocol: report.target.protocol,
    side: report.target.side,
    exit: report.exit,
  }));
  const tested = reports.map(({ results }) => cellsOf(results, by));
  const ids = [...new Set(tested.flatMap((cells) => [...cells.keys()]))].toSorted();
  const rows = ids.map((id) => ({ id, cells: tested.map((cells) => cells.get(id) ?? null) }));
  return { by, columns, rows, meetings: meetings(reports, names, model) };
}

/** Targets by their profile where it has a name of its own, else by their address; all different. */
function distinctNames(reports: readonly Report[]): readonly string[] {
  const plain = reports.map(({ target, profile }) => {
    const { name } = profile;
    return typeof name === 'string' && name !== target.protocol
      ? name
      : target.url || 'not reached';
  });
  return plain.map((name, at) => {
    const before = plain.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** Worst first; what is not judged is told only where nothing else is. */
const worstFirst: readonly VerdictName[] = [
  ...([
    'fail',
    'flaky',
    'error',
    'untestable',
    'warn',
    'reading',
    'pass',
    'notApplicable',
  ] as const),
];

function cellsOf(results: readonly Result[], by: Matrix['by']): ReadonlyMap<string, Cell> {
  const groups = new Map<string, VerdictName[]>();
  for (const result of results) {
    for (const id of subjects(result, by)) {
      groups.set(id, [...(groups.get(id) ?? []), result.verdict]);
    }
  }
  return new Map([...groups].map(([id, verdicts]) => [id, cellOf(verdicts)]));
}

/**
 * What a result speaks of. One that is red speaks of the requirement that was broken: of the others
 * that its case covers nothing is known.
 */
function subjects({ id, requirements, verdict, protocol }: Result, by: Matrix['by']) {
  if (by === 'topic') {
    const topic = id.split('/').slice(0, -1).join('/');
    return [topic === '' ? protocol : topic];
  }
  const isWhole = ['pass', 'reading', 'notApplicable'].includes(verdict);
  return isWhole ? requirements : requirements.slice(0, 1);
}

function cellOf(verdicts: readonly VerdictName[]): Cell {
  const verdict = worstFirst.find((name) => verdicts.includes(name)) ?? 'notApplicable';
  const count = verdicts.filter((name) => name === verdict).length;
  return { verdict, count, of: verdicts.length };
}
