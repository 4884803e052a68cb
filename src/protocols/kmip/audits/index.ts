import type { Audit } from '#src/contract/protocol.ts';
import { cipherAudits } from './ciphers.ts';
import { freshAudits } from './fresh.ts';
import { identifiersExact } from './identifiers.ts';
import { requestAudits } from './requests.ts';
import { signatureAudits } from './signatures.ts';

/** What must hold over a whole trace of KMIP. */
export const audits: readonly Audit[] = [
  ...cipherAudits,
  ...signatureAudits,
  ...freshAudits,
  ...requestAudits,
  identifiersExact,
];
