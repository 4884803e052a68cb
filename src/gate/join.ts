import type { Note, Report, Result, Scope, Share } from '#src/contract/report.ts';
import { endingOf, summaryOf } from './ending.ts';

/** Stops of parts: the one that ends the whole first. */
const stops = [5, 130, 2, 3, 4, null] as const;

/**
 * The parts of one run as the whole: every result once, in its place; what was reached by any part;
 * its ending by the results and by what stopped a part. Durations add up. The parts are all there,
 * of one run, and were held against no list of known failures. `notesOf`: by the states reached.
 */
export function joined(
  parts: readonly [Report, ...Report[]],
  notesOf: (states: ReadonlySet<string>) => readonly Note[],
): Report {
  const [first] = parts;
  const results = inPlace(parts);
  const reached = {
    states: union(parts, 'states'),
    transitions: union(parts, 'transitions'),
    requirements: union(parts, 'requirements'),
  };
  const share = (name: keyof typeof reached): Share => ({
    hit: reached[name].length,
    total: first.coverage[name].total,
  });
  const { gate: _gate, ...about } = first;
  const scope = scopeOf(parts);
  return {
    ...about,
    startedAt: parts.map(({ startedAt }) => startedAt).toSorted()[0] ?? first.startedAt,
    durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    summary: summaryOf(results),
    coverage: {
      states: share('states'),
      transitions: share('transitions'),
      requirements: share('requirements'),
      reached,
    },
    exit: endingOf({ results, stopped: scope.stopped }),
    scope,
    results,
    notes: notesOf(new Set(reached.states)),
  };
}

/** Each case once: choices of the target may have led several parts to the same one. */
function inPlace(parts: readonly Report[]): readonly Result[] {
  const byPlace = new Map<number, Result>();
  for (const { results, scope } of parts) {
    for (const [at, { known: _known, ...result }] of results.entries()) {
      const place = scope?.shard?.places[at] ?? at;
      if (!byPlace.has(place)) byPlace.set(place, result);
    }
  }
  return [...byPlace].toSorted(([left], [right]) => left - right).map(([, result]) => result);
}

function union(
  parts: readonly Report[],
  name: 'states' | 'transitions' | 'requirements',
): readonly string[] {
  const names = parts.flatMap(({ coverage }) => coverage.reached?.[name] ?? []);
  return [...new Set(names)].toSorted();
}

function scopeOf(parts: readonly Report[]): Scope {
  const scopes = parts.flatMap(({ scope }) => scope ?? []);
  const [first] = scopes;
  const { selectors = [], level = 'may', every = false } = first ?? {};
  const stopped = scopes.flatMap((scope) => scope.stopped ?? []);
  const worst = stops.flatMap((code) => stopped.find(({ exitCode }) => exitCode === code) ?? []);
  return { selectors, level, every, shard: null, stopped: worst[0] ?? null };
}
