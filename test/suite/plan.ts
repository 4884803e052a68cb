import type { Case } from '#src/contract/case.ts';
import type { Progress, Report } from '#src/contract/report.ts';
import type { Profile, Target } from '#src/contract/target.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import type { SuitePlan } from '#src/suite/suite.ts';

/** A profile of a target, patient for a quarter of a second. */
export function profileOf(target: Target, change: Partial<Profile> = {}): Profile {
  return {
    name: 'test',
    protocol: 'qosst',
    target,
    side: 'alice',
    dialect: 'qosst/0.2',
    readings: {},
    options: {},
    replyMs: 250,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
    ...change,
  };
}

/** The first cases against a side. */
export function firstCases(side: string, count: number): readonly Case[] {
  return qosst.cases.filter(({ against }) => against === side).slice(0, count);
}

export interface Run {
  readonly report: Report;
  readonly told: readonly Progress[];
  readonly tookMs: number;
}

/** Runs a few cases against a target. */
export async function run(change: Partial<SuitePlan> & Pick<SuitePlan, 'profile'>): Promise<Run> {
  const told: Progress[] = [];
  const beganMs = performance.now();
  const plan: SuitePlan = {
    protocol: qosst,
    cases: firstCases(change.profile.side, 4),
    seed: 42,
    retries: 0,
    maxFailures: null,
    signal: new AbortController().signal,
    ...change,
  };
  const report = await runSuite(plan, (progress) => told.push(progress));
  return { report, told, tookMs: performance.now() - beganMs };
}
