import type { Ending, Gate, Report, Result, Scope, Summary } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';

/** Verdicts that a run cannot pass with, unless they are known. */
export const redVerdicts: ReadonlySet<VerdictName> = new Set(['fail', 'flaky', 'untestable']);

/** Results by verdict; known failures and what fails no more besides. */
export function summaryOf(results: readonly Result[]): Summary {
  const count = (verdict: VerdictName) =>
    results.filter((result) => result.verdict === verdict).length;
  const standing = (name: 'expectedFail' | 'unexpectedPass') =>
    results.filter(({ known }) => known?.standing === name).length;
  return {
    pass: count('pass'),
    reading: count('reading'),
    warn: count('warn'),
    fail: count('fail'),
    flaky: count('flaky'),
    untestable: count('untestable'),
    notApplicable: count('notApplicable'),
    error: count('error'),
    expectedFail: standing('expectedFail'),
    unexpectedPass: standing('unexpectedPass'),
  };
}

/** True where a result is as it is known to be. */
export function isKnown({ known }: Result): boolean {
  return known?.standing === 'expectedFail';
}

/**
 * What a run comes to. Our own fault, a wrong use and Ctrl-C come first; then failures that nobody
 * knew of; then a target that went away, or anything else that ended the run; then what could not
 * be tested.
 */
export function endingOf(
  run: Pick<Report, 'results' | 'gate' | 'fuzz'> & { readonly stopped: Scope['stopped'] },
): Ending {
  const { results, gate, fuzz } = run;
  const stop = stopOf(run.stopped);
  if (stop !== null && ![3, 4].includes(stop.exitCode)) return stop;
  const fresh = summaryOf(results.filter((result) => !isKnown(result)));
  if (fresh.error > 0)
    return { exitCode: 5, because: `${many(fresh.error, 'case')} broke the harness` };
  const wrong = [...failuresIn(fresh, fuzz === undefined), ...complaintsOf(results, gate)];
  if (wrong.length > 0) {
    const last = run.stopped === null ? '' : `; then: ${run.stopped.because}`;
    return { exitCode: 1, because: `${wrong.join(', ')}${last}` };
  }
  if (stop !== null) return stop;
  const { untestable, notApplicable } = fresh;
  if (untestable > 0)
    return { exitCode: 4, because: `${many(untestable, 'case')} could not be tested` };
  if (results.length === notApplicable) return { exitCode: 4, because: 'no case was run' };
  return { exitCode: 0, because: conformant(results) };
}

/** A limit that ended the run before its last case leaves it inconclusive. */
function stopOf(stopped: Scope['stopped']): Ending | null {
  return stopped === null ? null : { ...stopped, exitCode: stopped.exitCode ?? 4 };
}

function failuresIn({ fail, flaky }: Summary, ofCases: boolean): readonly string[] {
  if (fail + flaky === 0) return [];
  return [ofCases ? `${many(fail + flaky, 'case')} failed` : many(fail + flaky, 'finding')];
}

/** What a list of known failures complains of besides the failures that it does not know. */
function complaintsOf(results: readonly Result[], gate: Gate | undefined): readonly string[] {
  const passing = results.filter(({ known }) => known?.standing === 'unexpectedPass').length;
  const { expired = [], unused = [] } = gate ?? {};
  const otherwise = results.filter(
    ({ known, verdict }) => known?.standing === 'changed' && verdict === 'untestable',
  ).length;
  return [
    ...(otherwise > 0 ? [`untestable otherwise: ${many(otherwise, 'known failure')}`] : []),
    ...(passing > 0 ? [`no more failing: ${many(passing, 'known failure')}`] : []),
    ...(expired.length > 0 ? [`expired: ${many(expired.length, 'known failure')}`] : []),
    ...(unused.length > 0 ? [`unused: ${many(unused.length, 'known failure')}`] : []),
  ];
}

function conformant(results: readonly Result[]): string {
  const known = results.filter(isKnown).length;
  return known === 0 ? 'conformant' : `${many(known, 'known failure')} and nothing else`;
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
