import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Case } from '#src/contract/case.ts';
import type { Progress, Report, Result } from '#src/contract/report.ts';
import type { Coverage, Verdict, Violation } from '#src/contract/verdict.ts';
import { shareSession } from '#src/gate/shards.ts';
import { Busy } from '#src/play/busy.ts';
import { calibrate, sane } from './sanity.ts';
import { applicable } from './applicable.ts';
import { leftOut, reckoned, type Reckoning } from './reckon.ts';
import { slowed } from './slowed.ts';
import { wardenOf } from './warden.ts';
import { reached, reachTarget } from './reach.ts';
import { untilAborted } from './until-aborted.ts';
import { resultOf, notApplicable } from './result.ts';
import { playCase, type Bench, type Played } from './run-case.ts';
import { Tally } from './tally.ts';
import type { SuitePlan } from './suite.ts';
import { prepareTarget, type Prepared } from './prepare.ts';
import { Seats } from './seats.ts';

/** Cases that met silence, after which a run stops: each costs its whole patience. */
const maxSilences = 25;
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
  const { protocol, profile, seed, signal, inMemory = false } = plan;
  try {
    const note = (text: string) => tell({ kind: 'note', text });
    const reckoning = await reckoned(plan);
    await using prepared = await prepareTarget(profile, signal, note);
    await using target = await reachTarget(protocol, profile, seed, { inMemory });
    const { messagesPerSecond = null } = profile.budget ?? {};
    const reach = slowed(untilAborted(target, signal), messagesPerSecond, signal);
    const calm: Bench = {
      protocol,
      profile: reached(protocol, profile, reach),
      reach,
      seed,
      signal,
      clock: reach.clock ?? systemClock,
      replyMs: profile.replyMs ?? 10_000,
      warden: wardenOf(protocol, profile),
      busy: new Busy(profile.replyMsAfter),
    };
    tally.url = reach.url;
    tell({ kind: 'began', total: plan.cases.length, url: reach.url });
    const told = leftOut(plan, reckoning);
    if (told !== null) note(told);
    const calibratedMs = await calibrate(calm);
    const replyMs = profile.replyMs ?? calibratedMs;
    await runCases({ ...calm, replyMs }, plan, { tally, tell, prepared, reckoning });
  } catch (fault) {
    tally.stop(fault);
  }
  return tally.report(systemClock.nowMs());
}

interface Running {
  readonly tally: Tally;
  readonly tell: (progress: Progress) => void;
  readonly prepared: Prepared;
  readonly reckoning: Reckoning;
}

async function runCases(bench: Bench, plan: SuitePlan, running: Running): Promise<void> {
  const { tally, tell, prepared, reckoning } = running;
  const revive = async () => {
    tell({ kind: 'note', text: 'the target is gone: bringing it back' });
    return (await orGone(async () => (await prepared.restart(), true))) !== null;
  };
  const limited = (because: string) => {
    tally.limit(because);
    tell({ kind: 'note', text: because });
  };
  let failuresInARow = 0;
  let before: { readonly played: Case; readonly place: number } | null = null;
  await using seats = new Seats(bench);
  const unled = new Set<string | undefined>();
  const turn = { seats, revive, reckoning };
  for (const played of allCases(plan, tally, unled)) {
    if (plan.signal.aborted) return tally.interrupt();
    const place = tally.placeOf(played);
    /** What was left out between two cases, in another part of the run, would have parted them. */
    const goesOn = before?.place === place - 1 && shareSession(before.played, played);
    if (!goesOn) await seats.leave();
    before = { played, place };
    const { result, trace, coverage, gone } = await runOne(bench, plan, { ...turn, played });
    if (plan.signal.aborted) return tally.interrupt();
    /** A choice that the target made once and does not make again proves nothing. */
    if (result.verdict === 'untestable' && !plan.cases.includes(played)) {
      unled.add(played.from);
      continue;
    }
    tally.add(result, played, coverage);
    tell({ kind: 'result', result, trace, done: tally.results.length });
    if (gone) throw new HarnessError('unreachable', `the target is gone after ${played.id}`);
    if (plan.maxFailures !== null && tally.failures >= plan.maxFailures) {
      return limited(`stopped after ${tally.failures} failures`);
    }
    if (tally.silences >= maxSilences) {
      return limited(`stopped: ${maxSilences} cases met nothing but silence`);
    }
    failuresInARow = isGood(result) ? 0 : failuresInARow + 1;
    if (result.verdict === 'fail') await prepared.reset();
    if (result.kind === 'silence' || failuresInARow >= failuresBeforeCheck) {
      failuresInARow = 0;
      await seats.leave();
      await demandSanity(bench, `after ${played.id}`);
    }
  }
  await seats.leave();
  await demandSanity(bench, 'at the end');
}

/**
 * The planned cases; then those of states that the target's own choices have led to, without the
 * states to which it turned out not to lead again.
 */
function* allCases(
  plan: SuitePlan,
  tally: Tally,
  unled: ReadonlySet<string | undefined>,
): Generator<Case> {
  yield* plan.cases;
  if (plan.followsChoices !== true) return;
  for (const one of plan.protocol.cases) {
    const chosen = one.against === plan.profile.side && one.tags?.includes('choice') === true;
    const led = one.from !== undefined && tally.reached(one.from) && !unled.has(one.from);
    if (chosen && led) yield one;
  }
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
  /** True when the target died of it and nobody could bring it back. */
  readonly gone: boolean;
}

interface Turn {
  readonly played: Case;
  readonly seats: Seats;
  /** Brings a dead target back; false where nobody can. */
  readonly revive: () => Promise<boolean>;
  readonly reckoning: Reckoning;
}

/** Plays a case, and a failing one again: n of n is a failure, k of n is flaky. */
async function runOne(bench: Bench, plan: SuitePlan, turn: Turn): Promise<Ran> {
  const { played, seats, revive, reckoning } = turn;
  const excuse = applicable(bench.profile, played) ?? reckoning.excuses.get(played.id) ?? null;
  if (excuse !== null) return { ...notApplicable(bench, played, excuse), gone: false };
  /** A case that costs more than is left is not begun. */
  bench.warden?.demand(reckoning.costs.get(played.id) ?? { keys: 0, messages: 0 });
  const startedMs = bench.clock.nowMs();
  const first = await orGone(async () => (await seats.play(played)) ?? playCase(bench, played));
  const back = first !== null || (await revive());
  let shown = first ?? (back ? await orGone(() => playCase(bench, played)) : null);
  if (shown === null)
    throw new HarnessError('unreachable', `the target is gone before ${played.id}`);
  let crashed = await fell(bench, shown);
  let gone = crashed && !(await revive());
  let failed = crashed || red(shown) ? 1 : 0;
  let tries = 1;
  while (failed > 0 && tries <= plan.retries && !plan.signal.aborted && !gone) {
    const again = await orGone(() => playCase(bench, played));
    tries += 1;
    const fallen = again === null || (await fell(bench, again));
    if (fallen) {
      crashed = true;
      gone = !(await revive());
    }
    if (fallen || (again !== null && red(again))) failed += 1;
    if (again?.verdict.verdict === 'fail') shown = again;
  }
  const result = resultOf(bench, played, {
    verdict: told(bench, shown, { crashed, flaky: failed > 0 && failed < tries }),
    trace: shown.trace,
    durationMs: bench.clock.nowMs() - startedMs,
    tries: { failed, of: tries },
  });
  return { result, trace: shown.trace, coverage: shown.verdict.coverage, gone };
}

/** What comes of it; `null` where the target takes no connection any more. */
async function orGone<Came>(act: () => Promise<Came>): Promise<Came | null> {
  try {
    return await act();
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'unreachable') return null;
    throw fault;
  }
}

/**
 * True when the target closed the connection and does not greet any more: it has died of the
 * case. A connection alone proves nothing: the system accepts some for a process that is ending.
 */
async function fell(bench: Bench, played: Played): Promise<boolean> {
  const { events } = played.trace;
  const closed = events.some((event) => event.kind === 'closed' && event.by === 'peer');
  /** Of many connections none tells that the peer has left: a failure is reason enough to look. */
  const left = closed || (bench.protocol.bundle !== undefined && red(played));
  if (!left || bench.profile.target.kind !== 'address' || bench.signal.aborted) return false;
  return (await sane(bench)) !== null;
}

/** The verdict of all tries: a target that took no connection afterwards has crashed. */
function told(
  { protocol, profile }: Bench,
  { verdict, trace }: Played,
  all: { crashed: boolean; flaky: boolean },
): Verdict {
  if (!all.crashed) return all.flaky ? { ...verdict, verdict: 'flaky' } : verdict;
  const requirement = protocol.model.blame.closing[profile.side];
  const shown = verdict.violation;
  if (requirement === undefined) return verdict;
  const actual = `${shown === null ? '' : `${shown.actual}; then `}no connection is taken any more`;
  const violation: Violation = {
    kind: 'crash',
    requirement,
    expected: [{ outcome: 'any answer', why: requirement.text }],
    actual,
    explanation:
      `${shown?.explanation ?? ''} After this case the target took no connection: it has crashed. ${requirement.id} says: "${requirement.text}"`.trim(),
    at: trace.events.length - 1,
  };
  return { ...verdict, verdict: all.flaky ? 'flaky' : 'fail', level: 'MUST', violation };
}

function red(played: Played): boolean {
  return played.verdict.verdict === 'fail' || played.verdict.verdict === 'untestable';
}
