import { systemClock } from '#src/base/clock.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import type { Budget } from '#src/fuzz/campaign.ts';
import { correctPeers } from './kill-correct.ts';
import { killInThreads } from './kill-crew.ts';
import type { CorrectRow, FaultRow, KillJob, KillRow, MutantRow } from './kill-job.ts';

/** A correct peer is walked for at least so many messages; where there are fewer, not all are. */
const leastMessages = 500;
/** What a job may take beyond its campaigns, which shrink and replay what they find, ms. */
const suiteMs = 600_000;

/** What the kill matrix is measured on, and how. */
export interface KillPlan {
  readonly targets: readonly KillTargets[];
  /** Campaigns against each mutant. */
  readonly seeds: number;
  /** Of each of them. */
  readonly budget: Budget;
  readonly feedback: boolean;
  readonly suite: boolean;
  /** Messages against sides that are right, over all of them; 0: none. */
  readonly alarmMessages: number;
  /** Of the mutants, %, that campaigns must kill. */
  readonly campaignReach: number;
  readonly workers: number;
  /** The module that a thread runs: it calls `workOnKills`. */
  readonly entry: URL;
  /** Aborted on Ctrl-C: the matrix holds what is done by then. */
  readonly signal: AbortSignal;
}

/** What is measured of one protocol. */
export interface KillTargets {
  readonly protocol: Protocol;
  /** The sides that must not be found wrong. */
  readonly sides: readonly string[];
  readonly mutants: readonly Mutant[];
}

/** Which mutants are killed, by whom and how soon, and what is found wrong with what is right. */
export interface KillMatrix {
  readonly mutants: readonly MutantRow[];
  readonly correct: readonly CorrectRow[];
  readonly faults: readonly FaultRow[];
  readonly durationMs: number;
  readonly interrupted: boolean;
}

/** Runs the suite and campaigns against every mutant, and campaigns against what is right. */
export async function benchKill(plan: KillPlan, tell: (row: KillRow) => void): Promise<KillMatrix> {
  const beganMs = systemClock.nowMs();
  const rows: KillRow[] = [];
  await killInThreads({
    ...plan,
    jobs: [...mutantJobs(plan), ...correctJobs(plan)],
    limitMs: suiteMs + 2 * plan.seeds * plan.budget.ms,
    done(row) {
      rows.push(row);
      tell(row);
    },
  });
  const ids = plan.targets.flatMap(({ mutants }) => mutants.map(({ id }) => id));
  const place = ({ mutant }: MutantRow) => ids.indexOf(mutant);
  return {
    mutants: rows.filter((row) => row.kind === 'mutant').sort((a, b) => place(a) - place(b)),
    correct: rows.filter((row) => row.kind === 'correct'),
    faults: rows.filter((row) => row.kind === 'fault'),
    durationMs: Math.round(systemClock.nowMs() - beganMs),
    interrupted: plan.signal.aborted,
  };
}

function mutantJobs({ targets, seeds, budget, feedback, suite }: KillPlan): readonly KillJob[] {
  const numbers = Array.from({ length: seeds }, (_, at) => at + 1);
  return targets.flatMap(({ protocol, mutants }) =>
    mutants.map(({ id }) => ({
      kind: 'mutant' as const,
      protocol: protocol.name,
      mutant: id,
      ...{ suite, seeds: numbers, budget, feedback },
    })),
  );
}

function correctJobs({ targets, alarmMessages, feedback }: KillPlan): readonly KillJob[] {
  const all = targets.flatMap(({ protocol, sides }) =>
    correctPeers(protocol)
      .filter(({ side }) => sides.includes(side))
      .map((peer) => ({ protocol: protocol.name, peer })),
  );
  const peers = spread(all, Math.ceil(alarmMessages / leastMessages));
  const messages = Math.ceil(alarmMessages / Math.max(1, peers.length));
  return peers.map((one, at) => ({ kind: 'correct', ...one, seed: at + 1, messages, feedback }));
}

/** So many of a list, evenly from its first on; all of them where it has no more. */
export function spread<Item>(list: readonly Item[], count: number): readonly Item[] {
  if (count >= list.length) return list;
  return Array.from({ length: count }, (_, at) =>
    list.slice(Math.floor((at * list.length) / count)).slice(0, 1),
  ).flat();
}
