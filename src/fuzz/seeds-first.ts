import { systemClock } from '#src/base/clock.ts';
import type { Finding } from '#src/contract/finding.ts';
import { findingOf } from './findings.ts';
import { findingId } from './identify.ts';
import type { Seed } from './seeds.ts';
import { exhibit } from './target-care.ts';
import type { FuzzTarget } from './target.ts';

/** What stored seeds came to when they were played again. */
export interface SeedsPlayed {
  /** How many were played: the others had no time. */
  readonly played: number;
  readonly messages: number;
  readonly elapsedMs: number;
  /** Those that still show something, each once. */
  readonly findings: readonly Finding[];
}

/** Plays stored findings against a target, one after the other, as long as there is time. */
export async function replaySeeds(
  { arena, care }: Pick<FuzzTarget, 'arena' | 'care'>,
  seeds: readonly Seed[],
  limits: { readonly ms: number; readonly signal: AbortSignal },
): Promise<SeedsPlayed> {
  const { signal } = limits;
  const beganMs = systemClock.nowMs();
  const findings = new Map<string, Finding>();
  let messages = 0;
  let played = 0;
  for (const seed of seeds) {
    if (signal.aborted || systemClock.nowMs() - beganMs > limits.ms) break;
    played += 1;
    const { steps, sessionSeed, kind } = seed;
    const falls = kind === 'crash' || kind === 'hang';
    const shown = await exhibit({ arena, care }, { steps, seed: sessionSeed, falls });
    const { trace, violation, signature, taken } = shown;
    messages += trace.events.filter((event) => 'bytes' in event).length;
    if (violation === null || signature === null || signal.aborted) continue;
    const id = findingId(arena.protocol.name, arena.peer, signature);
    const evidence = { trace, steps: steps.slice(0, taken), seed: sessionSeed, messages };
    if (!findings.has(id)) findings.set(id, findingOf(id, violation, evidence));
  }
  const elapsedMs = systemClock.nowMs() - beganMs;
  return { played, messages, elapsedMs, findings: [...findings.values()] };
}
