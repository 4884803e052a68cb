import { batches } from './ambiguities/batches.ts';
import { challenge } from './ambiguities/challenge.ts';
import { connection } from './ambiguities/connection.ts';
import { jsonRpc } from './ambiguities/json-rpc.ts';
import { kmsCalls } from './ambiguities/kms-calls.ts';
import { registration } from './ambiguities/registration.ts';
import { refusals } from './ambiguities/refusals.ts';

/** Every question that the document of the socket leaves open, and the RFCs beneath it. */
export const ambiguities = {
  ...connection,
  ...jsonRpc,
  ...refusals,
  ...registration,
  ...challenge,
  ...batches,
  ...kmsCalls,
};
