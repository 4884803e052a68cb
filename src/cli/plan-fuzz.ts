import { nothingYet } from '#src/fuzz/merge.ts';
import type { Begun, FuzzPlan } from '#src/fuzz/fuzz-plan.ts';
import type { Seed } from '#src/fuzz/seeds.ts';
import { usualBudget, type FuzzFlags } from './fuzz-flags.ts';
import type { Subject } from './profile.ts';

const shrinkBudget = { replays: 200, ms: 5000 } as const;
const noShrinking = { replays: 0, ms: 0 } as const;
/** Budget under `--ci`, where nobody says. */
const ciBudget = { messages: 2000, ms: 20_000 } as const;

/** What a campaign of these flags does to a target. */
export function planFuzz(
  { protocol, profile }: Subject,
  flags: FuzzFlags,
  more: {
    readonly begun: Begun | null;
    readonly seeds: readonly Seed[];
    readonly signal: AbortSignal;
  },
): FuzzPlan {
  const { seed, budget, workers, shard, feedback, shrinking, ci } = flags;
  return {
    protocol,
    profile,
    seed,
    budget: budget ?? (ci === true ? ciBudget : usualBudget),
    shard: shard ?? { index: 0, of: 1 },
    feedback,
    shrinking: shrinking ? shrinkBudget : noShrinking,
    workers,
    entry: new URL('./fuzz-worker.ts', import.meta.url),
    seeds: more.seeds,
    begun: more.begun ?? { state: nothingYet, sessions: [] },
    signal: more.signal,
  };
}
