import fc from 'fast-check';
import type { Step } from '#src/contract/fuzz.ts';
import { replay, type Replayed } from './replay.ts';
import type { Arena } from './walker.ts';

/** What shrinking may cost. */
export interface ShrinkBudget {
  readonly replays: number;
  readonly ms: number;
}

/**
 * The shortest steps, by fast-check, that still break the same requirement in the same way. Steps
 * are only left out or made plainer, never invented; the result was replayed.
 */
export async function shrink(
  arena: Arena,
  found: { readonly steps: readonly Step[]; readonly seed: number; readonly signature: string },
  budget: ShrinkBudget,
): Promise<{ readonly steps: readonly Step[]; readonly replayed: Replayed } | null> {
  let best: { steps: readonly Step[]; replayed: Replayed } | null = null;
  const untilMs = arena.clock.nowMs() + budget.ms;
  let replays = 0;
  const shows = async (steps: readonly Step[]): Promise<boolean> => {
    if (replays >= budget.replays || arena.clock.nowMs() > untilMs) return false;
    replays += 1;
    const replayed = await replay(arena, steps, found.seed);
    const taken = steps.slice(0, replayed.taken);
    const same = replayed.signature === found.signature;
    if (same && (best === null || taken.length <= best.steps.length)) {
      best = { steps: taken, replayed };
    }
    return same;
  };
  if (!(await shows(found.steps))) return null;
  const last = found.steps.at(-1);
  const prefix = found.steps.slice(0, -1);
  if (last === undefined) return best;
  await fc.check(
    fc.asyncProperty(fc.subarray([...prefix]), async (kept) => !(await shows([...kept, last]))),
    { examples: [[[...prefix]]], numRuns: 1, endOnFailure: false },
  );
  return best;
}
