import type { Audit } from '#src/contract/protocol.ts';
import { answerAudits } from './audits/answers.ts';
import { keyAudits } from './audits/keys.ts';
import { kmsAudits } from './audits/kms.ts';
import { metadataAudits } from './audits/metadata.ts';
import { qualityAudits } from './audits/quality.ts';
import { refusalAudits } from './audits/refusals.ts';
import { streamAudits } from './audits/streams.ts';

/**
 * Properties of whole traces: every key is delivered once, and the same at both ends. The first one
 * that is broken is told, so those that only SHOULD be kept come last.
 */
export const audits: readonly Audit[] = [
  ...qualityAudits,
  ...keyAudits,
  ...streamAudits,
  ...answerAudits,
  ...refusalAudits,
  ...metadataAudits,
  ...kmsAudits,
].toSorted((left, right) => weight(left) - weight(right));

function weight({ requirement: { level } }: Audit): number {
  return level === 'MUST' ? 0 : 1;
}
