import type { Audit } from '#src/contract/protocol.ts';
import { askingAudits } from './audits/asking.ts';
import { batchAudits } from './audits/batches.ts';
import { errorAudits } from './audits/errors.ts';
import { freshAudits } from './audits/fresh.ts';
import { idAudits } from './audits/ids.ts';
import { inquiryAudits } from './audits/inquiries.ts';
import { leavingAudits } from './audits/leaving.ts';
import { secretAudits } from './audits/secrets.ts';

/** Properties of whole traces: what must be new, what was saved, and what ids and errors are. */
export const audits: readonly Audit[] = [
  ...freshAudits,
  ...batchAudits,
  ...idAudits,
  ...errorAudits,
  ...askingAudits,
  ...secretAudits,
  ...inquiryAudits,
  ...leavingAudits,
];
