import type { Level, Readings } from '#models/language/index.ts';
import type { Chart } from '#src/chart/chart.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Expectation } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict, VerdictName } from '#src/contract/verdict.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { assess, type Assessment } from './assess.ts';

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
  const chart = chartOf(protocol.model.session);
  const strict = under(protocol, trace, { chart, readings: pinned, expectation });
  if (strict.violation === null) return verdict(strict, needed(protocol, trace, pinned));
  const other = otherReadings(protocol, trace, { chart, readings: pinned, expectation, strict });
  return verdict(other.assessment, other.changed);
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
  if (names.length === 0) return [];
  const chart = chartOf(protocol.model.session);
  const bare = under(protocol, trace, { chart, readings: {}, expectation: null });
  return bare.violation === null ? [] : names;
}

interface Search {
  readonly chart: Chart;
  readonly readings: Readings;
  readonly expectation: Expectation | null;
}

/**
 * Greedy: the other reading that lets the trace get furthest, then the next one. Where none lets it
 * pass, the violation is the one that it gets furthest to: what an open reading allows is not blamed.
 */
function otherReadings(
  protocol: Protocol,
  trace: Trace,
  search: Search & { readonly strict: Assessment },
): { assessment: Assessment; changed: readonly string[] } {
  let { readings } = search;
  let best = search.strict;
  const changed: string[] = [];
  for (let depth = 0; depth < maxOtherReadings; depth += 1) {
    let step: { assessment: Assessment; readings: Readings; name: string } | null = null;
    for (const [key, reading] of openReadings(protocol, readings)) {
      const tried = { ...readings, [key]: reading };
      const assessment = under(protocol, trace, { ...search, readings: tried });
      const name = `${key}=${reading}`;
      if (assessment.violation === null) return { assessment, changed: [...changed, name] };
      if (assessment.reached > (step?.assessment.reached ?? best.reached)) {
        step = { assessment, readings: tried, name };
      }
    }
    if (step === null) break;
    readings = step.readings;
    best = step.assessment;
    changed.push(step.name);
  }
  return { assessment: best, changed };
}

function* openReadings(protocol: Protocol, readings: Readings): Generator<[string, string]> {
  for (const [key, ambiguity] of Object.entries(protocol.model.ambiguities)) {
    if (readings[key] !== undefined) continue;
    for (const [name, reading] of Object.entries(ambiguity.readings)) {
      if (reading.standing === 'open' && name !== ambiguity.assumed) yield [key, name];
    }
  }
}

function under(protocol: Protocol, trace: Trace, search: Search): Assessment {
  const settings = settingsFor(protocol, {
    dialect: trace.dialect,
    pinned: search.readings,
    options: trace.options,
  });
  const assessment = assess(protocol, trace, { chart: search.chart, settings });
  /** What a case wants comes before what only SHOULD be. */
  const isOpen = assessment.violation?.requirement.level !== 'MUST';
  const broken = isOpen ? (search.expectation?.check(assessment.frames) ?? null) : null;
  return broken === null ? assessment : { ...assessment, violation: broken };
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
