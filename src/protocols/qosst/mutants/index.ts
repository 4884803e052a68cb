import type { Mutant } from '#src/contract/side.ts';
import { aliceMutants } from './alice.ts';
import { bobMutants } from './bob.ts';

/** The mutants of both sides. */
export const mutants: readonly Mutant[] = [...aliceMutants, ...bobMutants];
