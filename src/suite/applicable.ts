import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';
import { nothingMalformed } from './restraint.ts';

/** Why a case says nothing about a target, by what its profile declares; `null`: it does. */
export function applicable(profile: Profile, played: Case): string | null {
  if (played.dialects?.includes(profile.dialect) === false) {
    return `it is about ${played.dialects.join(', ')}, not about ${profile.dialect}`;
  }
  const phase = played.from?.split('.')[0];
  const tags = played.tags ?? [];
  const absent = profile.absent.find((name) => name === phase || tags.includes(`phase:${name}`));
  if (absent !== undefined) return `the profile declares that there is no ${absent}`;
  if (profile.safe && tags.includes('hostile')) return nothingMalformed;
  return null;
}
