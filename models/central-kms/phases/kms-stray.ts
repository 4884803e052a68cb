import { conversation } from '../conversation.ts';
import { brokenOff, leftAmiss, lettingGo, spoiledBySidecar } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

const settled = [
  { guard: 'kmsStraySettledOfMany' as const },
  { guard: 'kmsStraySettled' as const, target: 'none' },
];
const dismissed = { guard: 'kmsStrayDismissed' as const };
const refusals = {
  'sidecar.sidecarError': [...settled, dismissed],
  'sidecar.healthReport': settled,
  'sidecar.inquiryResult': settled,
  'sidecar.inquiryResponse': settled,
  ...spoiledBySidecar('spoilsKmsStray'),
};
const unfit = { guard: 'isUnfit' as const, target: '.unfit' };
const vain = { guard: 'isVain' as const };

/**
 * What the sidecar owes for what of the KMS is wrong: an error, or an answer as if it were right. What
 * is no call at all may be a response as well: that need not be answered.
 * @see JSON-RPC 2.0, Error object
 */
export const kmsStray = conversation.createStateConfig({
  initial: 'none',
  on: {
    ...lettingGo('.none'),
    'central-kms.malformed': [brokenOff('.none'), unfit, vain],
    'central-kms.unknown': [{ guard: 'isUnknownMethod', target: '.unknownMethod' }, vain],
    'central-kms.unfit': [unfit, vain],
    'central-kms.misplaced': [leftAmiss('.none'), vain],
    'sidecar.sidecarError': dismissed,
  },
  states: {
    none: {},
    unknownMethod: {
      tags: ['owes:sidecar'],
      meta: { covers: [requirements.unknownMethodOfKmsTold] },
      on: refusals,
    },
    unfit: {
      tags: ['owes:sidecar'],
      meta: { covers: [requirements.invalidParamsOfKmsTold] },
      on: refusals,
    },
  },
});
