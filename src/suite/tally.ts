import { today } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { nodeVersion } from '#src/base/platform.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Case } from '#src/contract/case.ts';
import type { Ending, Report, Result, Share, Summary } from '#src/contract/report.ts';
import type { Coverage, VerdictName } from '#src/contract/verdict.ts';
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
  #stopped: Ending | null = null;
  url = '';

  constructor(plan: SuitePlan, startedMs: number) {
    this.#plan = plan;
    this.#startedMs = startedMs;
  }

  /** True when some case led through this state. */
  reached(state: string): boolean {
    return this.#states.has(state);
  }

  get silences(): number {
    return this.results.filter((result) => result.kind === 'silence').length;
  }

  get failures(): number {
    return this.results.filter((result) => result.verdict === 'fail').length;
  }

  add(result: Result, played: Case, coverage: Coverage): void {
    this.results.push(result);
    for (const state of coverage.states) this.#states.add(state);
    for (const transition of coverage.transitions) this.#transitions.add(transition);
    if (result.verdict === 'notApplicable' || result.verdict === 'untestable') return;
    for (const row of played.covers) this.#requirements.add(row.id);
  }

  interrupt(): void {
    this.#stopped = { exitCode: 130, because: 'interrupted' };
  }

  /**
   * Ends the run for a fault: ours (5), a wrong use (2), or a target that is not there (3), unless
   * it has already been seen to fail.
   */
  stop(fault: unknown): void {
    const because = fault instanceof Error ? fault.message : String(fault);
    const codes = { usage: 2, unreachable: 3, internal: 5 } as const;
    const exitCode = fault instanceof HarnessError ? codes[fault.code] : 5;
    if (this.#plan.signal.aborted) return this.interrupt();
    const failed = exitCode === 3 && this.failures > 0;
    this.#stopped = failed
      ? { exitCode: 1, because: `${this.failures} cases failed; then: ${because}` }
      : { exitCode, because };
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
      summary: this.#summary(),
      coverage: {
        states: share(this.#states, chart.states),
        transitions: share(this.#transitions, chart.transitions),
        requirements: share(
          this.#requirements,
          observable.map((row) => row.id),
        ),
        reached: {
          states: [...this.#states].toSorted(),
          transitions: [...this.#transitions].toSorted(),
        },
      },
      exit: this.#stopped ?? this.#ending(),
      results: this.results,
      notes: notesOf(protocol, profile, this.#states),
    };
  }

  #summary(): Summary {
    const count = (verdict: VerdictName) =>
      this.results.filter((result) => result.verdict === verdict).length;
    return {
      pass: count('pass'),
      reading: count('reading'),
      warn: count('warn'),
      fail: count('fail'),
      flaky: count('flaky'),
      untestable: count('untestable'),
      notApplicable: count('notApplicable'),
      error: count('error'),
      expectedFail: 0,
      unexpectedPass: 0,
    };
  }

  #ending(): Ending {
    const { fail, flaky, untestable, error, notApplicable } = this.#summary();
    if (error > 0) return { exitCode: 5, because: `${error} cases broke the harness` };
    if (fail + flaky > 0) return { exitCode: 1, because: `${fail + flaky} cases failed` };
    if (untestable > 0) return { exitCode: 4, because: `${untestable} cases could not be tested` };
    if (this.results.length === notApplicable) return { exitCode: 4, because: 'no case was run' };
    return { exitCode: 0, because: 'conformant' };
  }
}

function share(hit: ReadonlySet<string>, all: readonly string[]): Share {
  return { hit: all.filter((name) => hit.has(name)).length, total: all.length };
}
