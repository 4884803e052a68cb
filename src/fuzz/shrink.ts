import fc from 'fast-check';
import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Exhibit } from './target-care.ts';

/** What shrinking may cost. */
export interface ShrinkBudget {
  readonly replays: number;
  readonly ms: number;
}

/** On so many messages from the beginning a deviation is tried. */
const maxEarlier = 3;

/** What is to be shrunk, and how it is played again. */
export interface Shown {
  readonly steps: readonly Step[];
  /** True for a play that shows the same. */
  readonly isSame: (played: Exhibit) => boolean;
  readonly play: (steps: readonly Step[]) => Promise<Exhibit>;
  /** Aborted on Ctrl-C: the best so far counts, as where the target's budget is spent. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * The shortest steps that still show the same: their beginning, their last connection, the
 * deviation on an earlier message; then steps are left out, by fast-check. No step is invented; the result was replayed.
 */
export async function shrink(
  found: Shown,
  budget: ShrinkBudget,
): Promise<{ readonly steps: readonly Step[]; readonly replayed: Exhibit } | null> {
  let best: { steps: readonly Step[]; replayed: Exhibit } | null = null;
  const untilMs = found.clock.nowMs() + budget.ms;
  let left = budget.replays;
  const shows = async (steps: readonly Step[]): Promise<boolean> => {
    if (left === 0 || found.clock.nowMs() > untilMs || found.signal.aborted) return false;
    left -= 1;
    const replayed = await unlessSpent(found.play(steps));
    if (replayed === null) left = 0;
    if (replayed === null) return false;
    const taken = steps.slice(0, replayed.taken);
    const same = found.isSame(replayed) && !found.signal.aborted;
    if (same && (best === null || taken.length <= best.steps.length)) {
      best = { steps: taken, replayed };
    }
    return same;
  };
  if (!(await shows(found.steps))) return null;
  let shortest = found.steps;
  for (const shorter of [beginnings, lastConnection, earlierOnes]) {
    for (const steps of shorter(shortest)) {
      if (!(await shows(steps))) continue;
      shortest = steps;
      break;
    }
  }
  const last = shortest.at(-1);
  const prefix = shortest.slice(0, -1);
  if (last === undefined) return best;
  await fc.check(
    fc.asyncProperty(fc.subarray([...prefix]), async (kept) => !(await shows([...kept, last]))),
    { examples: [[[...prefix]]], numRuns: 1, endOnFailure: false },
  );
  return best;
}

/** What it came to; `null` where the target may not be told so much any more. */
async function unlessSpent(play: Promise<Exhibit>): Promise<Exhibit | null> {
  try {
    return await play;
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'spent') return null;
    throw fault;
  }
}

/** What was done first: a whole session may be judged long after what is wrong in it. */
function* beginnings(steps: readonly Step[]): Generator<readonly Step[]> {
  for (const share of [1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4]) {
    const count = Math.ceil(steps.length * share);
    if (count < steps.length) yield steps.slice(0, count);
  }
}

/** What was done since the last reconnection. */
function* lastConnection(steps: readonly Step[]): Generator<readonly Step[]> {
  const since = steps.findLastIndex((step) => step.do === 'reconnect');
  if (since >= 0 && since < steps.length - 1) yield steps.slice(since + 1);
}

/** The last step's deviation on the first messages of the session instead. */
function* earlierOnes(steps: readonly Step[]): Generator<readonly Step[]> {
  const last = steps.at(-1);
  if (last?.do !== 'say' || last.deviation === undefined) return;
  const { deviation } = last;
  for (const [index, step] of steps.slice(0, maxEarlier).entries()) {
    if (step.do !== 'say' || step === last) continue;
    const { message, variant } = step;
    yield [...steps.slice(0, index), { do: 'say', message, variant, deviation }];
  }
}
