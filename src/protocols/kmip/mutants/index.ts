import type { Mutant } from '#src/contract/side.ts';
import { serverBatchMutants } from './server-batches.ts';
import { serverMessageMutants } from './server-messages.ts';
import { serverObjectMutants } from './server-objects.ts';

/** The mutants of both sides. */
export const mutants: readonly Mutant[] = [
  ...serverMessageMutants,
  ...serverBatchMutants,
  ...serverObjectMutants,
];
