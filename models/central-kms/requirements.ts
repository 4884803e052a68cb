import { defineRequirements } from '#models/language/index.ts';
import { batches } from './requirements/batches.ts';
import { control } from './requirements/control.ts';
import { frames } from './requirements/frames.ts';
import { healthChecks } from './requirements/health-checks.ts';
import { inquiries } from './requirements/inquiries.ts';
import { jsonRpc } from './requirements/json-rpc.ts';
import { registration } from './requirements/registration.ts';
import { robustness } from './requirements/robustness.ts';
import { security } from './requirements/security.ts';
import { signatures } from './requirements/signatures.ts';
import { upgrade } from './requirements/upgrade.ts';

/** Every normative statement of the central KMS socket, from the wire up. */
export const requirements = defineRequirements('central-kms', {
  ...upgrade,
  ...frames,
  ...control,
  ...jsonRpc,
  ...robustness,
  ...registration,
  ...signatures,
  ...batches,
  ...healthChecks,
  ...inquiries,
  ...security,
});
