import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { Mutant } from '#src/contract/side.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import type { SuitePlan } from '#src/suite/suite.ts';
import { usual } from '#src/suite/usual.ts';
import type { SuiteKill } from './kill-job.ts';
import { mutantProfile } from './kill-target.ts';

const seed = 42;
/** Our own sides do the same again: one failure is enough. */
const retries = 0;

/**
 * Runs the suite against a mutant until a case fails for the right requirement; cases that cover
 * it come first.
 */
export async function suiteKill(protocol: Protocol, mutant: Mutant): Promise<SuiteKill> {
  const profile = mutantProfile(protocol, mutant);
  const stop = new AbortController();
  const failed: Result[] = [];
  const plan: SuitePlan = {
    protocol,
    profile,
    cases: suiteAgainst(protocol, mutant).filter((played) => usual(played, profile)),
    followsChoices: true,
    seed,
    retries,
    maxFailures: null,
    signal: stop.signal,
  };
  const report = await runSuite(plan, (told) => {
    if (told.kind !== 'result' || !isKilling(told.result)) return;
    failed.push(told.result);
    if (names(told.result, mutant)) stop.abort();
  });
  const right = failed.find((result) => names(result, mutant));
  const killer = right ?? failed[0];
  return {
    killer: killer?.id ?? null,
    right: right !== undefined,
    because: killer === undefined ? report.exit.because : null,
  };
}

function suiteAgainst({ cases }: Protocol, { side, breaks }: Mutant): readonly Case[] {
  const against = cases.filter((played) => played.against === side);
  const covering = against.filter(({ covers }) => covers.includes(breaks));
  return [...covering, ...against.filter((played) => !covering.includes(played))];
}

function isKilling({ verdict }: Result): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

/** True where the broken requirement, and not only one that the case covers, is the mutant's. */
function names({ kind, requirements }: Result, { breaks }: Mutant): boolean {
  return kind !== null && requirements[0] === breaks.id;
}
