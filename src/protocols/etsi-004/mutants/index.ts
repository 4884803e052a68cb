import type { Mutant } from '#src/contract/side.ts';
import { kmsMutants } from './kms.ts';
import { deviceMutants } from './qkd-device.ts';

/** The mutants of both sides. */
export const mutants: readonly Mutant[] = [...deviceMutants, ...kmsMutants];
