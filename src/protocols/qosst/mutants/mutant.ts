import type { Requirement } from '#models/language/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { mutantsOf } from '#src/play/mutant.ts';
import { alice } from '../reference/alice.ts';
import { bob } from '../reference/bob.ts';

/** Alice, wrong in one place. */
export const aliceMutant = mutantsOf('alice', alice);

/** Bob, wrong in one place. */
export const bobMutant = mutantsOf('bob', bob);

/** A receiver that does not see the flaws that break one of these requirements. */
export function overlooks(...requirements: readonly Requirement[]) {
  return (perceived: Perceived): Perceived => ({
    ...perceived,
    flaws: perceived.flaws.filter((flaw) => !requirements.includes(flaw.requirement)),
  });
}
