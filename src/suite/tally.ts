import { today } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { nodeVersion } from '#src/base/platform.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Case } from '#src/contract/case.ts';
import type { Report, Result, Scope, Share } from '#src/contract/report.ts';
import type { Coverage } from '#src/contract/verdict.ts';
import { endingOf, summaryOf } from '#src/gate/ending.ts';
import { notesOf } from './notes.ts';
import type { SuitePlan } from './suite.ts';

/** Adds up a run. */
export class Tally {
  readonly #plan: SuitePlan;
  readonly #startedAt = today();
  readonly #startedMs: number;
  readonly results: Result[] = [];
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();
  readonly #requirements = new Set<string>();
  readonly #places: number[] = [];
  #stopped: Scope['stopped'] = null;
  url = '';

  constructor(plan: SuitePlan, startedMs: number) {
    this.#plan = plan;
    this.#startedMs = startedMs;
  }

  /** Where a case stands in the whole run: behind all planned ones where a choice led to it. */
  placeOf(played: Case): number {
    const { cases, part, protocol } = this.#plan;
    const planned = cases.indexOf(played);
    const { places = [], total = cases.length } = part?.shard ?? {};
    return planned < 0 ? total + protocol.cases.indexOf(played) : (places[planned] ?? planned);
  }

  /** True when some case led through this state. */
  reached(state: string): boolean {
    return this.#states.has(state);
  }

  get silences(): number {
    return this.results.filter((result) => result.kind === 'silence').length;
  }

  get failures(): number {
    const isKnown = this.#plan.isKnown ?? (() => false);
    return this.results.filter((result) => result.verdict === 'fail' && !isKnown(result)).length;
  }

  add(result: Result, played: Case, coverage: Coverage): void {
    this.results.push(result);
    this.#places.push(this.placeOf(played));
    for (const state of coverage.states) this.#states.add(state);
    for (const transition of coverage.transitions) this.#transitions.add(transition);
    if (result.verdict === 'notApplicable' || result.verdict === 'untestable') return;
    for (const row of played.covers) this.#requirements.add(row.id);
  }

  interrupt(): void {
    this.#stopped = { exitCode: 130, because: 'interrupted' };
  }

  /** Ends the run before its last case: more of the same would tell nothing. */
  limit(because: string): void {
    this.#stopped = { exitCode: null, because };
  }

  /** Ends the run for a fault: ours (5), a wrong use (2), or a target that is not there (3). */
  stop(fault: unknown): void {
    const because = fault instanceof Error ? fault.message : String(fault);
    if (fault instanceof HarnessError && fault.code === 'spent') return this.limit(because);
    const codes = { usage: 2, unreachable: 3, spent: 4, internal: 5 } as const;
    const exitCode = fault instanceof HarnessError ? codes[fault.code] : 5;
    if (this.#plan.signal.aborted) return this.interrupt();
    this.#stopped = { exitCode, because };
  }

  report(nowMs: number): Report {
    const { protocol, profile, seed } = this.#plan;
    const chart = chartOf(protocol.model.session);
    const observable = Object.values(protocol.model.requirements).filter(
      (row) => row.unobservable === undefined && [profile.side, 'any'].includes(row.binds),
    );
    return {
      schema: 'qkdspec-report/1',
      tool: { name: 'qkdspec', version: '0.1.0', node: nodeVersion },
      seed,
      target: { url: this.url, side: profile.side, protocol: protocol.name },
      profile: { ...profile },
      startedAt: this.#startedAt.toISOString(),
      durationMs: Math.round(nowMs - this.#startedMs),
      summary: summaryOf(this.results),
      coverage: {
        states: share(this.#states, chart.states),
        transitions: share(this.#transitions, chart.transitions),
        requirements: share(
          this.#requirements,
          observable.map((row) => row.id),
        ),
        reached: {
          states: among(chart.states, this.#states),
          transitions: among(chart.transitions, this.#transitions),
          requirements: among(
            observable.map((row) => row.id),
            this.#requirements,
          ),
        },
      },
      exit: endingOf({ results: this.results, stopped: this.#stopped }),
      scope: this.#scope(),
      results: this.results,
      notes: notesOf(protocol, profile, this.#states),
    };
  }

  #scope(): Scope {
    const { selectors = [], level = 'may', every = false, shard = null } = this.#plan.part ?? {};
    const stopped = this.#stopped;
    if (shard === null) return { selectors, level, every, shard, stopped };
    const { index, of } = shard;
    return { selectors, level, every, shard: { index, of, places: this.#places }, stopped };
  }
}

function among(all: readonly string[], hit: ReadonlySet<string>): readonly string[] {
  return [...new Set(all)].filter((name) => hit.has(name)).toSorted();
}

function share(hit: ReadonlySet<string>, all: readonly string[]): Share {
  return { hit: all.filter((name) => hit.has(name)).length, total: all.length };
}
