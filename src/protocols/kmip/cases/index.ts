import { serverCases } from './about-server.ts';
import { amongOthersCases } from './among-others.ts';
import { attributeCases } from './attributes.ts';
import { bareCases } from './bare.ts';
import { batchCases } from './batches.ts';
import { clientConductCases } from './client-conduct.ts';
import { clientFormCases } from './client-forms.ts';
import { clientRightCases } from './client-right.ts';
import { clientWrongCases } from './client-wrong.ts';
import type { KmipCase } from './case.ts';
import { cryptographyCases } from './cryptography.ts';
import { headerCases } from './headers.ts';
import { httpCases } from './http.ts';
import { itemCases } from './items.ts';
import { keyCases } from './keys.ts';
import { locateCases } from './locate.ts';
import { objectCases } from './objects.ts';
import { textCases } from './json.ts';
import { leftOverCases } from './left-over.ts';
import { lifecycleCases } from './lifecycle.ts';
import { maskCases } from './masks.ts';
import { payloadCases } from './payloads.ts';
import { placeholderCases } from './placeholder.ts';
import { revokedCases } from './revoked.ts';
import { searchCases } from './searches.ts';
import { sizeCases } from './sizes.ts';
import { wireCases } from './wire.ts';

/** Every conformance check of KMIP. */
export const cases: readonly KmipCase[] = [
  // Before there is a certificate in the server: what it does with the first one is seen here.
  ...amongOthersCases,
  ...headerCases,
  ...sizeCases,
  ...itemCases,
  ...payloadCases,
  ...batchCases,
  ...lifecycleCases,
  ...objectCases,
  ...keyCases,
  ...placeholderCases,
  ...leftOverCases,
  ...locateCases,
  ...searchCases,
  ...attributeCases,
  ...revokedCases,
  ...cryptographyCases,
  ...maskCases,
  ...serverCases,
  ...wireCases,
  ...httpCases,
  ...textCases,
  ...bareCases,
  ...clientConductCases,
  ...clientRightCases,
  ...clientFormCases,
  ...clientWrongCases,
];
