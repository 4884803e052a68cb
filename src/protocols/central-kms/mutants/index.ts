import type { Mutant } from '#src/contract/side.ts';
import { kmsAskingMutants } from './kms-asking.ts';
import { kmsCallMutants } from './kms-calls.ts';
import { kmsRegistrationMutants } from './kms-registration.ts';
import { kmsSocketMutants } from './kms-socket.ts';
import { sidecarCallMutants } from './sidecar-calls.ts';
import { sidecarSocketMutants } from './sidecar-socket.ts';

/** The mutants of both sides. */
export const mutants: readonly Mutant[] = [
  ...kmsSocketMutants,
  ...kmsRegistrationMutants,
  ...kmsCallMutants,
  ...kmsAskingMutants,
  ...sidecarSocketMutants,
  ...sidecarCallMutants,
];
