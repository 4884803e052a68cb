import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';

/**
 * True for a case that a run without particular wishes plays. `choice` cases need a peer that
 * freely chooses another answer than the usual one: most never do. `exhaustive` cases are left out
 * where each case starts a client of its own, which may take seconds.
 */
export function usual(played: Case, profile: Profile): boolean {
  const tags = played.tags ?? [];
  if (tags.includes('choice')) return false;
  const startsClients = profile.target.kind === 'command' || profile.target.kind === 'listen';
  return !(startsClients && tags.includes('exhaustive'));
}
