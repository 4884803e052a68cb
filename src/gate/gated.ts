import type { Gate, Report, Result } from '#src/contract/report.ts';
import { endingOf, summaryOf } from './ending.ts';
import { isFinding, isOver, type KnownFailure, type KnownFailures } from './known-failures.ts';
import { standingOf } from './standing.ts';

/** A list of known failures, and what it is held against besides a run. */
export interface Against {
  readonly list: KnownFailures;
  /** Where it lies, as it is told. */
  readonly file: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** True for the id of a case that there is; findings need none. */
  readonly exists: (id: string) => boolean;
}

/** A result with what the list says of it, where that names it. */
export function withKnown(
  result: Result,
  { list, today }: Pick<Against, 'list' | 'today'>,
): Result {
  const { known: _before, ...plain } = result;
  const entry = list.failures.find(({ id }) => id === result.id);
  const known = entry === undefined ? null : standingOf(entry, plain, today);
  return known === null ? plain : { ...plain, known };
}

/**
 * A run held against a list of known failures: its results say how they stand, its exit code and
 * summary follow.
 */
export function gated(report: Report, against: Against): Report {
  const results = report.results.map((result) => withKnown(result, against));
  const gate = gateOf({ ...report, results }, against);
  const stopped = report.scope?.stopped ?? null;
  const exit = endingOf({ ...report, results, gate, stopped });
  return { ...report, results, gate, exit, summary: summaryOf(results) };
}

/**
 * Why a run does not tell of everything; `null` where it was run whole and to its end. Only then an
 * entry that nothing answers to is known to be of no use.
 */
export function partiality({ scope, results }: Pick<Report, 'scope' | 'results'>): string | null {
  if (scope === undefined) return 'it does not say what was run';
  const { every, shard, stopped } = scope;
  if (stopped !== null) return `it did not come to its end: ${stopped.because}`;
  if (shard !== null) return `it is part ${shard.index} of ${shard.of}`;
  if (!every) return 'only some of the cases were run';
  const broken = results.find(({ verdict }) => verdict === 'error');
  return broken === undefined ? null : `${broken.id} broke the harness`;
}

function gateOf(report: Report, against: Against): Gate {
  const entries = against.list.failures.filter((entry) => isAbout(report, entry, against));
  const unused = entries.flatMap((entry) => {
    const why = uselessness(entry, report, against);
    return why === null ? [] : [{ id: entry.id, why }];
  });
  const expired = entries.filter((entry) => isOver(entry, against.today)).map(({ id }) => id);
  return { file: against.file, entries: entries.length, unused, expired };
}

/** True for entries that this run answers for: of its kind, and in the part that was run. */
function isAbout(report: Report, { id }: KnownFailure, { exists }: Against): boolean {
  if (isFinding(id) !== (report.fuzz !== undefined)) return false;
  if (partiality(report) === null || report.results.some((result) => result.id === id)) return true;
  return !isFinding(id) && !exists(id);
}

/** Why an entry is of no use; `null`: it is of some. */
function uselessness(entry: KnownFailure, report: Report, { exists }: Against): string | null {
  const result = report.results.find(({ id }) => id === entry.id);
  if (result?.verdict === 'notApplicable') return result.explanation ?? 'it does not apply';
  if (result !== undefined) return null;
  if (isFinding(entry.id)) return entry.verdict === 'flaky' ? null : 'it was not found again';
  return exists(entry.id) ? 'the run had no such case' : 'there is no such case';
}
