import type { Case } from '#src/contract/case.ts';

/** Which part of a run: `index` from 1. */
export interface Slice {
  readonly index: number;
  readonly of: number;
}

/** A case of a part, and where it stands in the whole. */
export interface Placed {
  readonly played: Case;
  readonly place: number;
}

/**
 * One part of a run. Cases that share a session stay together, as one's trace shows what was done
 * before it; each such group goes to the part that has the fewest cases yet.
 */
export function partOf(cases: readonly Case[], { index, of }: Slice): readonly Placed[] {
  const parts = Array.from({ length: of }, (): Placed[] => []);
  for (const group of groupsOf(cases)) fewest(parts).push(...group);
  return parts[index - 1] ?? [];
}

/** True where a case may go on in the session of the one before it. */
export function shareSession(before: Case, next: Case): boolean {
  const reusable = before.reusable === true && next.reusable === true;
  return reusable && next.from !== undefined && next.from === before.from;
}

function fewest(parts: readonly Placed[][]): Placed[] {
  return parts.reduce((least, part) => (part.length < least.length ? part : least));
}

function groupsOf(cases: readonly Case[]): readonly (readonly Placed[])[] {
  const groups: Placed[][] = [];
  for (const [place, played] of cases.entries()) {
    const last = groups.at(-1);
    const before = last?.at(-1)?.played;
    if (before !== undefined && shareSession(before, played)) last?.push({ played, place });
    else groups.push([{ played, place }]);
  }
  return groups;
}
