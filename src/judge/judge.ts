import type { Level, Readings } from '#models/language/index.ts';
import type { Chart } from '#src/chart/chart.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict, VerdictName } from '#src/contract/verdict.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { assess, isBinding, type Assessment, type Listener } from './assess.ts';
import { consulted } from './consulted.ts';

/** Ambiguities that may be read otherwise at the same time to explain one trace. */
const maxOtherReadings = 4;

/**
 * The verdict on a trace, from the trace alone (with the readings that a profile pins). A trace
 * that the assumed readings refuse is tried under the other open readings, one ambiguity more at
 * a time: what passes then is `reading`, never red.
 */
export function judge(
  protocol: Protocol,
  trace: Trace,
  pinned: Readings = {},
  expectation: Expectation | null = null,
): Verdict {
  return judged(protocol, trace, { pinned, expectation }).verdict;
}

/** The same, with the frames that were judged. */
export function judged(
  protocol: Protocol,
  trace: Trace,
  { pinned = {}, expectation = null }: Judging = {},
): { readonly verdict: Verdict; readonly frames: readonly JudgedFrame[] } {
  const chart = chartOf(protocol.model.session);
  const strict = under(protocol, trace, { chart, readings: pinned, expectation });
  if (strict.violation === null) {
    return { verdict: verdict(strict, needed(protocol, trace, pinned)), frames: strict.frames };
  }
  const other = otherReadings(protocol, trace, { chart, readings: pinned, expectation, strict });
  return { verdict: verdict(other.assessment, other.changed), frames: other.assessment.frames };
}

/**
 * The verdict on a trace of which a listener has heard all events as they came, under the assumed
 * readings: as `judge` would give it. `null` where other readings must be tried.
 */
export function overheard(listener: Listener, events: number): Verdict | null {
  const assessment = listener.conclude(events);
  return assessment.violation === null ? verdict(assessment, []) : null;
}

interface Judging {
  readonly pinned?: Readings;
  readonly expectation?: Expectation | null;
}

/** What the assumed readings alone make of a trace: quick, and no verdict. */
export function glance(
  protocol: Protocol,
  trace: Trace,
  pinned: Readings,
): Pick<Assessment, 'violation' | 'frames'> {
  const chart = chartOf(protocol.model.session);
  return under(protocol, trace, { chart, readings: pinned, expectation: null });
}

/** Pinned readings are named only where the assumed ones would have refused the trace. */
function needed(protocol: Protocol, trace: Trace, pinned: Readings): readonly string[] {
  const names = Object.entries(pinned).map(([key, reading]) => `${key}=${reading}`);
  const { dialect, options } = trace;
  const unpinned = settingsFor(protocol, { dialect, options }).readings;
  if (Object.entries(pinned).every(([key, reading]) => unpinned[key] === reading)) return [];
  const chart = chartOf(protocol.model.session);
  const bare = under(protocol, trace, { chart, readings: {}, expectation: null });
  return bare.violation === null ? [] : names;
}

interface Search {
  readonly chart: Chart;
  readonly readings: Readings;
  readonly expectation: Expectation | null;
}

/** What readings make of a trace, and which ambiguities that depends on. */
interface Look extends Assessment {
  readonly asked: ReadonlySet<string>;
}

/** One way to read a trace otherwise, and what comes of it. */
interface Attempt {
  readonly assessment: Look;
  readonly readings: Readings;
  readonly changed: readonly string[];
}

/**
 * Greedy: the other readings that let the trace get furthest, then the next ones. Several may be
 * needed at one place: those that change what is wrong there are kept, too. Where none lets it
 * pass, the violation is the one that it gets furthest to: what an open reading allows is not blamed.
 * Ambiguities that nothing asked for change nothing.
 */
function otherReadings(
  protocol: Protocol,
  trace: Trace,
  search: Search & { readonly strict: Look },
): Attempt {
  let best: Attempt = { assessment: search.strict, readings: search.readings, changed: [] };
  let kept: readonly Attempt[] = [best];
  for (let depth = 0; depth < maxOtherReadings && kept.length > 0; depth += 1) {
    const onward: Attempt[] = [];
    for (const attempt of kept) {
      for (const [key, reading] of openReadings(protocol, attempt.readings)) {
        if (!attempt.assessment.asked.has(key)) continue;
        const readings = { ...attempt.readings, [key]: reading };
        if (isWarnedAgain(protocol, trace, { ...attempt, chart: search.chart, readings })) continue;
        const assessment = under(protocol, trace, { ...search, readings });
        const tried = { assessment, readings, changed: [...attempt.changed, `${key}=${reading}`] };
        if (assessment.violation === null) return tried;
        if (isBeyond(assessment, attempt.assessment)) onward.push(tried);
      }
    }
    const [furthest] = onward.toSorted(byReach);
    if (furthest !== undefined && byReach(furthest, best) < 0) best = furthest;
    kept = onward.toSorted(byReach).slice(0, maxKept);
  }
  return best;
}

/**
 * True where other readings give the same warning as before: what came up to it shows that, and what
 * is behind it need not be looked at.
 */
function isWarnedAgain(
  protocol: Protocol,
  trace: Trace,
  { chart, readings, assessment }: Omit<Attempt, 'changed'> & Pick<Search, 'chart'>,
): boolean {
  const { violation } = assessment;
  if (violation === null || isBinding(violation)) return false;
  const shown = { ...trace, events: trace.events.slice(0, violation.at + 1) };
  const again = under(protocol, shown, { chart, readings, expectation: null }).violation;
  const { requirement, actual, at } = violation;
  return again?.requirement === requirement && again.actual === actual && again.at === at;
}

/** Attempts that are followed at the same time. */
const maxKept = 3;

/** Furthest first; of those that got as far, those that have nothing left to find. */
function byReach({ assessment: left }: Attempt, { assessment: right }: Attempt): number {
  return right.reached - left.reached || Number(right.whole) - Number(left.whole);
}

/** Further, or as far with something else that is wrong there. */
function isBeyond(assessment: Assessment, before: Assessment): boolean {
  if (assessment.reached !== before.reached) return assessment.reached > before.reached;
  if (assessment.whole !== before.whole) return assessment.whole;
  const [now, then] = [assessment.violation, before.violation];
  return now?.requirement !== then?.requirement || now?.actual !== then?.actual;
}

function* openReadings(protocol: Protocol, readings: Readings): Generator<[string, string]> {
  for (const [key, ambiguity] of Object.entries(protocol.model.ambiguities)) {
    if (readings[key] !== undefined) continue;
    for (const [name, reading] of Object.entries(ambiguity.readings)) {
      if (reading.standing === 'open' && name !== ambiguity.assumed) yield [key, name];
    }
  }
}

function under(protocol: Protocol, trace: Trace, search: Search): Look {
  const chosen = settingsFor(protocol, {
    dialect: trace.dialect,
    pinned: search.readings,
    options: trace.options,
  });
  const { readings, keys: asked } = consulted(chosen.readings);
  const settings = { ...chosen, readings };
  const assessment = assess(protocol, trace, { chart: search.chart, settings });
  /** What a case wants comes before what only SHOULD be. */
  const { violation } = assessment;
  const isOpen = violation === null || !isBinding(violation);
  const broken = isOpen ? (search.expectation?.check(assessment.frames, readings) ?? null) : null;
  if (broken === null) return { ...assessment, asked };
  const whole = !isBinding(broken) && assessment.whole;
  return { ...assessment, violation: broken, whole, asked };
}

function verdict(assessment: Assessment, readings: readonly string[]): Verdict {
  const { violation, coverage } = assessment;
  const level = violation?.requirement.level ?? null;
  const note = readings.length > 0 ? `allowed when ${readings.join(' and ')}` : null;
  return { verdict: named(level, readings), level, readings, violation, note, coverage };
}

function named(level: Level | null, readings: readonly string[]): VerdictName {
  if (level === 'MUST') return 'fail';
  if (level === 'SHOULD') return 'warn';
  return readings.length > 0 ? 'reading' : 'pass';
}
