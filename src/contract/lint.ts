import type { Flaw } from './frame.ts';

/**
 * True for a flaw that breaks no more than a recommendation: what its frame says counts all the
 * same, and nothing behind it is excused.
 */
export function isLint({ harmless, requirement }: Flaw): boolean {
  return harmless !== true && requirement.level !== 'MUST';
}
