import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { followed } from '#src/judge/followed.ts';
import { glance, judge } from '#src/judge/judge.ts';
import { signature } from './identify.ts';
import type { Allowed } from './legal.ts';
import { Walker, withheld, type Arena } from './walker.ts';

/** Readings that one play after another may adopt. */
const maxAdoptions = 3;

/** One session played again from its steps. */
export interface Replayed {
  readonly trace: Trace;
  readonly verdict: Verdict;
  /** What the violation has in common with others of its kind; `null` where there is none. */
  readonly signature: string | null;
  /** Steps that were taken before the session ended. */
  readonly taken: number;
  /** True where it ended because its next step must not be taken. */
  readonly isBarred: boolean;
}

/** What is played again. */
export interface Play {
  readonly steps: readonly Step[];
  readonly seed: number;
  /** What may be done where; without it a play goes on without what is withheld. */
  readonly allowed?: Allowed | undefined;
}

/** The source of chance of one session: what is said depends on nothing else of ours. */
export function sessionRandom(seed: number) {
  return seededRandom(seed).fork('session');
}

/**
 * Plays steps in a session of their own and judges what came of them. A target that turns out to
 * follow another open reading is played once more with that expected: else the play would stop
 * where it shows.
 */
export async function replay(arena: Arena, play: Play): Promise<Replayed> {
  let played = await playedOnce(arena, play);
  let expecting = arena;
  for (let tries = 0; tries < maxAdoptions; tries += 1) {
    const { violation, readings } = played.verdict;
    if (played.isBarred || !played.isWrong || violation !== null || readings.length === 0) break;
    expecting = adopting(expecting, readings);
    const again = await unlessGone(playedOnce(expecting, play));
    /** What was played before has felled it: that is to be seen by who looks after it. */
    if (again === null) break;
    played = again;
  }
  const { isWrong: _isWrong, ...replayed } = played;
  return replayed;
}

/** An arena that expects open readings which its peer turned out to follow, `<key>=<reading>`. */
export function adopting(arena: Arena, names: readonly string[]): Arena {
  const found = Object.fromEntries(names.map((name) => name.split('=')));
  const readings = { ...arena.settings.readings, ...found };
  return { ...arena, settings: { ...arena.settings, readings } };
}

async function playedOnce(
  arena: Arena,
  { steps, seed, allowed }: Play,
): Promise<Replayed & { readonly isWrong: boolean }> {
  await using walker = await Walker.open(arena, { random: sessionRandom(seed), seed });
  let taken = 0;
  let isBarred = false;
  let came = await stepOrEnd(walker, null);
  for (const step of steps) {
    isBarred = allowed?.(step, walker.tracker.likeliest) === false;
    if (isBarred) break;
    taken += 1;
    came = await stepOrEnd(walker, step);
    isBarred = allowed !== undefined && came?.heard === withheld;
    if (isBarred || came === null || came.kind === 'wrong' || came.kind === 'over') break;
  }
  return { taken, isBarred, isWrong: came?.kind === 'wrong', ...examined(arena, walker.trace()) };
}

/** A trace with its verdict, and what the violation has in common with others. */
export function examined(
  { protocol, settings, pinned }: Pick<Arena, 'protocol' | 'settings' | 'pinned'>,
  trace: Trace,
): Omit<Replayed, 'taken' | 'isBarred'> {
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

/** A step, or only listening; `null` where the target cannot be reached any more. */
function stepOrEnd(walker: Walker, step: Step | null) {
  return unlessGone(step === null ? walker.listen() : walker.take(step));
}

/** What comes of it, or `null` where the target cannot be reached (any more). */
async function unlessGone<Value>(done: Promise<Value>): Promise<Value | null> {
  try {
    return await done;
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'unreachable') return null;
    throw fault;
  }
}
