import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { followed } from '#src/judge/followed.ts';
import { glance, judge } from '#src/judge/judge.ts';
import { signature } from './identify.ts';
import { Walker, type Arena } from './walker.ts';

/** One session played again from its steps. */
export interface Replayed {
  readonly trace: Trace;
  readonly verdict: Verdict;
  /** What the violation has in common with others of its kind; `null` where there is none. */
  readonly signature: string | null;
  /** Steps that were taken before the session ended. */
  readonly taken: number;
}

/** The source of chance of one session: what is said depends on nothing else of ours. */
export function sessionRandom(seed: number) {
  return seededRandom(seed).fork('session');
}

/** Plays steps in a session of their own and judges what came of them. */
export async function replay(
  arena: Arena,
  steps: readonly Step[],
  seed: number,
): Promise<Replayed> {
  await using walker = await Walker.open(arena, { random: sessionRandom(seed), seed });
  let taken = 0;
  await walker.listen();
  for (const step of steps) {
    taken += 1;
    const came = await stepOrEnd(walker, step);
    if (came === null || came.kind === 'wrong' || came.kind === 'over') break;
  }
  return { taken, ...examined(arena, walker.trace()) };
}

/** A trace with its verdict, and what the violation has in common with others. */
export function examined(arena: Arena, trace: Trace): Omit<Replayed, 'taken'> {
  const { protocol, settings, pinned } = arena;
  const verdict = judge(protocol, trace, pinned);
  const { violation } = verdict;
  if (violation === null) return { trace, verdict, signature: null };
  const frames = followed(protocol, trace, settings);
  return { trace, verdict, signature: signature(violation, frames) };
}

/**
 * What the assumed readings make of a trace, in a word; `null` where nothing is wrong. Another
 * reading may still allow it: see `examined`.
 */
export function suspicion({ protocol, pinned }: Arena, trace: Trace): string | null {
  const { violation, frames } = glance(protocol, trace, pinned);
  return violation === null ? null : signature(violation, frames);
}

/** A step; `null` where the target cannot be reached any more. */
async function stepOrEnd(walker: Walker, step: Step) {
  try {
    return await walker.take(step);
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'unreachable') return null;
    throw fault;
  }
}
