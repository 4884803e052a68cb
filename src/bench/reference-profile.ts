import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';

/** A profile of one of a protocol's own sides, or of a mutant of it. */
export function referenceProfile(
  { name, defaultDialect, mutants }: Protocol,
  chosen: Pick<Profile, 'side' | 'readings' | 'replyMs'> & { readonly mutant: string | null },
): Profile {
  const { side, readings, replyMs, mutant } = chosen;
  const known = mutants.find(({ id }) => id === mutant);
  return {
    name,
    protocol: name,
    target: { kind: 'reference', mutant },
    side,
    dialect: known?.dialect ?? defaultDialect,
    readings,
    options: {},
    replyMs,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}
