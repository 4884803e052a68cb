import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { reachTarget, type Reach } from './reach.ts';
import { reachInMemory } from './reach-memory.ts';
import { recordOf } from './target-parts.ts';

/** A profile with our own side in its target's place: nobody is connected to. */
export function standIn({ tls: _none, ...open }: Profile): Profile {
  return { ...open, target: { kind: 'reference', mutant: null } };
}

/** The way to our own side, in memory, in the place of a profile's target. */
export async function reachOurs(protocol: Protocol, target: Profile, seed: number): Promise<Reach> {
  const profile = standIn(target);
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const isBundle = (protocol.bundle?.(settings) ?? null) !== null;
  if (isBundle) return reachTarget(protocol, profile, seed, { inMemory: true });
  const record = recordOf(protocol, profile.side, null);
  return reachInMemory(protocol, profile, { record, seed });
}
