import type { Mutant } from '#src/contract/side.ts';
import { bareMutants } from './bare.ts';
import { serverAttributeMutants } from './server-attributes.ts';
import { clientConductMutants } from './client-conduct.ts';
import { clientRequestMutants } from './client-requests.ts';
import { serverBatchMutants } from './server-batches.ts';
import { serverConductMutants } from './server-conduct.ts';
import { serverCryptographyMutants } from './server-cryptography.ts';
import { serverMessageMutants } from './server-messages.ts';
import { serverObjectMutants } from './server-objects.ts';
import { serverToldMutants } from './server-told.ts';
import { serverWireMutants } from './server-wire.ts';

/** The mutants of both sides. */
export const mutants: readonly Mutant[] = [
  ...serverMessageMutants,
  ...serverBatchMutants,
  ...serverObjectMutants,
  ...serverAttributeMutants,
  ...serverCryptographyMutants,
  ...serverConductMutants,
  ...serverToldMutants,
  ...serverWireMutants,
  ...clientRequestMutants,
  ...clientConductMutants,
  ...bareMutants,
];
