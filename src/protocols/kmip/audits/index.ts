import type { Audit } from '#src/contract/protocol.ts';
import { cipherAudits } from './ciphers.ts';
import { freshAudits } from './fresh.ts';
import { identifiersExact } from './identifiers.ts';
import { madeAudits } from './made.ts';
import { placeholderServes } from './placeholder.ts';
import { requestAudits } from './requests.ts';
import { sealingAudits } from './sealing.ts';
import { signatureAudits } from './signatures.ts';
import { timeAudits } from './times.ts';

/** What must hold over a whole trace of KMIP. */
export const audits: readonly Audit[] = [
  ...cipherAudits,
  ...signatureAudits,
  ...freshAudits,
  ...sealingAudits,
  ...madeAudits,
  ...timeAudits,
  placeholderServes,
  ...requestAudits,
  identifiersExact,
];
