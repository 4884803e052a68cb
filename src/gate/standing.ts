import type { Known, Result } from '#src/contract/report.ts';
import { redVerdicts } from './ending.ts';
import { isOver, type KnownFailure } from './known-failures.ts';
import { messageOf, says } from './message.ts';

/**
 * What a known failure says of its result; `null` where the result says nothing of it, as nothing
 * was played. `today`: `YYYY-MM-DD`.
 */
export function standingOf(entry: KnownFailure, result: Result, today: string): Known | null {
  const { verdict } = result;
  const { reason, expires } = entry;
  const stands = (standing: Known['standing'], why: string | null): Known => ({
    standing,
    why,
    reason,
    expires,
  });
  if (verdict === 'notApplicable' || verdict === 'error') return null;
  if (!redVerdicts.has(verdict)) {
    if (entry.verdict !== 'flaky') return stands('unexpectedPass', `it is ${verdict} now`);
    return isOver(entry, today) ? stands('expired', `on ${expires}`) : null;
  }
  const why = difference(entry, result);
  if (why !== null) return stands('changed', why);
  return isOver(entry, today) ? stands('expired', `on ${expires}`) : stands('expectedFail', null);
}

/** In what a failure is not the one that is known; `null`: in nothing. */
function difference(entry: KnownFailure, result: Result): string | null {
  const { version, verdict } = result;
  if (entry.version !== version) {
    return `what the case demands has changed: ${version}, not ${entry.version}`;
  }
  const failsNowAndThen = entry.verdict === 'flaky' && verdict === 'fail';
  if (entry.verdict !== verdict && !failsNowAndThen) {
    return `it is ${verdict}, not ${entry.verdict}`;
  }
  const message = messageOf(result);
  return says(entry.message, message) ? null : `it says '${message}', not '${entry.message}'`;
}
