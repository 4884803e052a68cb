import { member } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';

/** What a session came to: registrations, batches, what the KMS asked, and what was refused. */
export function ledger(frames: readonly JudgedFrame[]): Readonly<Record<string, string | number>> {
  const said = (...names: readonly string[]) =>
    frames.filter(({ perceived }) => names.includes(perceived.message ?? ''));
  const ids = said('registered').map(({ perceived }) =>
    member(member(perceived.payload['content'], 'result'), 'id'),
  );
  return {
    sidecars: new Set(ids).size,
    'challenges accepted': said('challengeAccepted').length,
    'batches stored': said('batchStored').length,
    'healthchecks answered': said('healthReport').length,
    'batches found': said('inquiryResult', 'inquiryResponse').filter(isFound).length,
    refusals: said('kmsError', 'sidecarError', 'upgradeRefused').length,
  };
}

function isFound({ perceived }: JudgedFrame): boolean {
  const { content } = perceived.payload;
  const found = member(content, 'result') ?? member(content, 'params');
  return typeof member(found, 'id') === 'string';
}
