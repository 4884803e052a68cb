import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Case } from '#src/contract/case.ts';
import type { Progress, Report, Result } from '#src/contract/report.ts';
import type { Coverage } from '#src/contract/verdict.ts';
import { calibrate, sane } from './sanity.ts';
import { applicable } from './applicable.ts';
import { reachTarget } from './reach.ts';
import { resultOf, notApplicable } from './result.ts';
import { playCase, type Bench, type Played } from './run-case.ts';
import { Tally } from './tally.ts';
import type { SuitePlan } from './suite.ts';
import { prepareTarget } from './prepare.ts';
import { Seats } from './seats.ts';

/** Failures in a row after which the target is asked whether it is still there. */
const failuresBeforeCheck = 3;

/**
 * Runs the cases against the target, in order. The sanity exchange comes first, last, and
 * whenever failures pile up: a target that fails it gets no verdict (exit 3).
 */
export async function runSuite(
  plan: SuitePlan,
  tell: (progress: Progress) => void,
): Promise<Report> {
  const tally = new Tally(plan, systemClock.nowMs());
  const { protocol, profile, seed, signal } = plan;
  try {
    await using prepared = await prepareTarget(profile, signal);
    await using reach = await reachTarget(protocol, profile, seed);
    const calm: Bench = {
      protocol,
      profile,
      reach,
      seed,
      signal,
      clock: systemClock,
      replyMs: profile.replyMs ?? 10_000,
    };
    tally.url = reach.url;
    tell({ kind: 'began', total: plan.cases.length, url: reach.url });
    const replyMs = profile.replyMs ?? (await calibrate(calm));
    await runCases({ ...calm, replyMs }, plan, { tally, tell, reset: prepared.reset });
  } catch (fault) {
    tally.stop(fault);
  }
  return tally.report(systemClock.nowMs());
}

interface Running {
  readonly tally: Tally;
  readonly tell: (progress: Progress) => void;
  readonly reset: () => Promise<void>;
}

async function runCases(bench: Bench, plan: SuitePlan, running: Running): Promise<void> {
  const { tally, tell, reset } = running;
  let failuresInARow = 0;
  await using seats = new Seats(bench);
  for (const played of plan.cases) {
    if (plan.signal.aborted) return tally.interrupt();
    const { result, trace, coverage } = await runOne(bench, plan, { played, seats });
    tally.add(result, played, coverage);
    tell({ kind: 'result', result, trace, done: tally.results.length });
    if (plan.maxFailures !== null && tally.failures >= plan.maxFailures) {
      return tell({ kind: 'note', text: `stopped after ${tally.failures} failures` });
    }
    failuresInARow = isGood(result) ? 0 : failuresInARow + 1;
    if (result.verdict === 'fail') await reset();
    if (result.kind === 'silence' || failuresInARow >= failuresBeforeCheck) {
      failuresInARow = 0;
      await seats.leave();
      await demandSanity(bench, `after ${played.id}`);
    }
  }
  await seats.leave();
  await demandSanity(bench, 'at the end');
}

function isGood({ verdict }: Result): boolean {
  return ['pass', 'reading', 'notApplicable'].includes(verdict);
}

async function demandSanity(bench: Bench, when: string): Promise<void> {
  if (bench.signal.aborted) return;
  const why = await sane(bench);
  if (why !== null) throw new HarnessError('unreachable', `the target is gone ${when}: ${why}`);
}

interface Ran {
  readonly result: Result;
  readonly trace: Played['trace'];
  readonly coverage: Coverage;
}

/** Plays a case, and a failing one again: n of n is a failure, k of n is flaky. */
async function runOne(
  bench: Bench,
  plan: SuitePlan,
  { played, seats }: { played: Case; seats: Seats },
): Promise<Ran> {
  const excuse = applicable(plan.profile, played);
  if (excuse !== null) return notApplicable(bench, played, excuse);
  const startedMs = bench.clock.nowMs();
  let shown = (await seats.play(played)) ?? (await playCase(bench, played));
  let failed = red(shown) ? 1 : 0;
  let tries = 1;
  while (failed > 0 && tries <= plan.retries && !plan.signal.aborted) {
    const again = await playCase(bench, played);
    tries += 1;
    if (red(again)) failed += 1;
    if (red(again) && again.verdict.verdict === 'fail') shown = again;
  }
  const verdict =
    failed > 0 && failed < tries ? { ...shown.verdict, verdict: 'flaky' as const } : shown.verdict;
  const durationMs = bench.clock.nowMs() - startedMs;
  const result = resultOf(bench, played, {
    verdict,
    trace: shown.trace,
    durationMs,
    tries: { failed, of: tries },
  });
  return { result, trace: shown.trace, coverage: shown.verdict.coverage };
}

function red(played: Played): boolean {
  return played.verdict.verdict === 'fail' || played.verdict.verdict === 'untestable';
}
