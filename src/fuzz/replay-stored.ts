import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import { replayTrace } from './replay-trace.ts';
import { openFuzzTarget } from './target.ts';

/**
 * Says again, to a target, what the player said in a trace; gives what happened this time. The
 * target is brought up for that alone.
 * @throws HarnessError `unreachable` when it cannot be reached or fails the sanity exchange.
 */
export async function replayStored(
  { protocol, profile }: { readonly protocol: Protocol; readonly profile: Profile },
  trace: Trace,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<Trace> {
  const { dialect } = trace;
  const options = { ...trace.options, ...profile.options };
  const aimed = { ...profile, dialect, options };
  await using target = await openFuzzTarget({ protocol, profile: aimed, seed, signal });
  /** Awaited here: the target is taken down when this function is left. */
  return await replayTrace(target.arena, trace);
}
