import type { Report, Result } from '#src/contract/report.ts';
import { redVerdicts } from './ending.ts';
import { isFinding, isOver, type KnownFailure, type KnownFailures } from './known-failures.ts';
import { messageOf, patternOf, says } from './message.ts';

/** What is written of failures that are new, and of those that have expired. */
export interface Renewal {
  /** `null`: nobody gave one, and nothing new is taken up. */
  readonly reason: string | null;
  /** The last day for what is new; `renews`: for what has expired, too. */
  readonly expires: string;
  readonly renews: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** A list as it is to be, and the ids that were touched. */
export interface Updated {
  readonly list: KnownFailures;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly dropped: readonly string[];
  /** New failures that were not taken up: there is no reason for them. */
  readonly refused: readonly string[];
}

/**
 * A list of known failures after a whole run: what fails otherwise is rewritten and keeps its
 * reason, what is new is added, what fails no more is dropped. Patterns that still hold stay as
 * they are.
 */
export function updated(list: KnownFailures, report: Report, renewal: Renewal): Updated {
  const red = report.results.filter(({ verdict }) => redVerdicts.has(verdict));
  const results = new Map(report.results.map((result) => [result.id, result]));
  const isAbout = ({ id }: KnownFailure) => isFinding(id) === (report.fuzz !== undefined);
  const known = new Set(list.failures.map(({ id }) => id));
  const kept = list.failures.flatMap((entry) => {
    if (!isAbout(entry)) return [{ before: entry, after: entry }];
    const result = results.get(entry.id);
    const isRed = result !== undefined && redVerdicts.has(result.verdict);
    if (!isRed) return entry.verdict === 'flaky' ? [{ before: entry, after: entry }] : [];
    return [{ before: entry, after: rewritten(entry, result, renewal) }];
  });
  const fresh = red.filter(({ id }) => !known.has(id));
  const { reason } = renewal;
  const added = reason === null ? [] : fresh.map((result) => entryOf(result, reason, renewal));
  const failures = [...kept.map(({ after }) => after), ...added].toSorted(byId);
  const keptIds = new Set(kept.map(({ before }) => before.id));
  return {
    list: { ...list, failures },
    added: added.map(({ id }) => id),
    changed: kept.flatMap(({ before, after }) => (isSame(before, after) ? [] : [after.id])),
    dropped: list.failures.filter(({ id }) => !keptIds.has(id)).map(({ id }) => id),
    refused: reason === null ? fresh.map(({ id }) => id) : [],
  };
}

/** A list without the entries of no use, by a run that was held against it. */
export function pruned(list: KnownFailures, { results, gate }: Report): Updated {
  const useless = new Set([
    ...(gate?.unused ?? []).map(({ id }) => id),
    ...results.filter(({ known }) => known?.standing === 'unexpectedPass').map(({ id }) => id),
  ]);
  const failures = list.failures.filter(({ id }) => !useless.has(id)).toSorted(byId);
  const dropped = list.failures.filter(({ id }) => useless.has(id)).map(({ id }) => id);
  return { list: { ...list, failures }, added: [], changed: [], dropped, refused: [] };
}

function rewritten(entry: KnownFailure, result: Result, renewal: Renewal): KnownFailure {
  const { version, verdict } = result;
  const isRenewed = renewal.renews && isOver(entry, renewal.today);
  const staysFlaky = entry.verdict === 'flaky' && verdict === 'fail';
  return {
    ...entry,
    version,
    verdict: staysFlaky ? 'flaky' : verdictOf(result),
    message: says(entry.message, messageOf(result)) ? entry.message : patternOf(result),
    reason: isRenewed ? (renewal.reason ?? entry.reason) : entry.reason,
    expires: isRenewed ? renewal.expires : entry.expires,
  };
}

function entryOf(result: Result, reason: string, { expires }: Renewal): KnownFailure {
  const { id, version } = result;
  return { id, version, verdict: verdictOf(result), message: patternOf(result), reason, expires };
}

function verdictOf({ verdict }: Result): KnownFailure['verdict'] {
  return verdict === 'flaky' || verdict === 'untestable' ? verdict : 'fail';
}

function isSame(before: KnownFailure, after: KnownFailure): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function byId({ id: left }: KnownFailure, { id: right }: KnownFailure): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
