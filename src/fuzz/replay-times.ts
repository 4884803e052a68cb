import type { Step } from '#src/contract/fuzz.ts';
import { findingId } from './identify.ts';
import { exhibit, type Exhibit } from './target-care.ts';
import type { FuzzTarget } from './target.ts';

/** What is played again, and what it broke when it was found. */
export interface Replayable {
  readonly id: string;
  readonly requirement: string;
  readonly kind: string;
  readonly steps: readonly Step[];
  readonly sessionSeed: number;
}

/** What came of playing a finding again, several times. */
export interface ReplayResult {
  /** How often it showed, of how many plays. */
  readonly shown: number;
  readonly of: number;
  /** The play that shows it best: one that does, or one that breaks something else, or the last. */
  readonly exhibit: Exhibit;
  /** How often something else was broken instead. */
  readonly otherwise: number;
}

/** Plays a finding again `times` times, each in a session of its own. */
export async function replayTimes(
  { arena, care }: Pick<FuzzTarget, 'arena' | 'care'>,
  found: Replayable,
  { times, signal }: { readonly times: number; readonly signal: AbortSignal },
): Promise<ReplayResult | null> {
  const { steps, sessionSeed: seed, kind } = found;
  const falls = kind === 'crash' || kind === 'hang';
  const plays: Exhibit[] = [];
  while (plays.length < times && !signal.aborted) {
    plays.push(await exhibit({ arena, care }, { steps, seed, falls }));
  }
  const same = plays.filter((play) => isSame(play, found, idOf(play)));
  const other = plays.filter((play) => play.violation !== null && !same.includes(play));
  const [best] = [...same, ...other, ...plays.slice(-1)];
  if (best === undefined || signal.aborted) return null;
  return { shown: same.length, of: plays.length, exhibit: best, otherwise: other.length };
}

function isSame({ violation }: Exhibit, found: Replayable, id: string | null): boolean {
  if (id === found.id) return true;
  return violation?.requirement.id === found.requirement && violation.kind === found.kind;
}

function idOf({ signature, trace }: Exhibit): string | null {
  return signature === null ? null : findingId(trace.protocol, trace.peer, signature);
}
