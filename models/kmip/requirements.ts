import { defineRequirements } from '#models/language/index.ts';
import { attributes } from './requirements/attributes.ts';
import { batches } from './requirements/batches.ts';
import { clients } from './requirements/clients.ts';
import { cryptography } from './requirements/cryptography.ts';
import { encoding } from './requirements/encoding.ts';
import { errors } from './requirements/errors.ts';
import { headers } from './requirements/headers.ts';
import { objects } from './requirements/objects.ts';
import { transports } from './requirements/transports.ts';

/** Everything that the documents demand of a client and a server of KMIP. */
export const requirements = defineRequirements('kmip', {
  ...encoding,
  ...transports,
  ...headers,
  ...batches,
  ...errors,
  ...objects,
  ...attributes,
  ...cryptography,
  ...clients,
});
