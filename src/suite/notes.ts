import type { Protocol } from '#src/contract/protocol.ts';
import type { Note } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';

/** The remarks of a protocol that hold of a run, by the states that its sessions went through. */
export function notesOf(
  { remarks = [] }: Pick<Protocol, 'remarks'>,
  { tls }: Pick<Profile, 'tls'>,
  states: ReadonlySet<string>,
): readonly Note[] {
  return remarks
    .filter(({ from, inClear }) => states.has(from) && (inClear !== true || tls === undefined))
    .map(({ requirement: { id, cite, text } }) => ({
      requirement: id,
      citation: `${cite.document}, ${cite.section}`,
      text,
    }));
}
