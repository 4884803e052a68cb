import { serverCases } from './about-server.ts';
import { attributeCases } from './attributes.ts';
import { batchCases } from './batches.ts';
import { clientConductCases } from './client-conduct.ts';
import { clientRightCases } from './client-right.ts';
import { clientWrongCases } from './client-wrong.ts';
import type { KmipCase } from './case.ts';
import { cryptographyCases } from './cryptography.ts';
import { headerCases } from './headers.ts';
import { httpCases } from './http.ts';
import { itemCases } from './items.ts';
import { locateCases } from './locate.ts';
import { objectCases } from './objects.ts';
import { textCases } from './json.ts';
import { lifecycleCases } from './lifecycle.ts';
import { payloadCases } from './payloads.ts';
import { sizeCases } from './sizes.ts';
import { wireCases } from './wire.ts';

/** Every conformance check of KMIP. */
export const cases: readonly KmipCase[] = [
  ...headerCases,
  ...sizeCases,
  ...itemCases,
  ...payloadCases,
  ...batchCases,
  ...lifecycleCases,
  ...objectCases,
  ...locateCases,
  ...attributeCases,
  ...cryptographyCases,
  ...serverCases,
  ...wireCases,
  ...httpCases,
  ...textCases,
  ...clientConductCases,
  ...clientRightCases,
  ...clientWrongCases,
];
