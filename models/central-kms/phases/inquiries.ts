import { conversation } from '../conversation.ts';
import { lettingGo, spoiledBySidecar } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

const inquires = {
  'central-kms.inquiry': { guard: 'inquires' as const, target: 'waiting' },
  'central-kms.misplaced': { guard: 'inquiresEarly' as const, target: 'waiting' },
};
const found = [{ guard: 'findsMore' as const }, { guard: 'findsLast' as const, target: 'none' }];

/**
 * The KMS asks for batches of a time; the sidecar answers each inquiry as often as it has batches
 * for it, as responses or, where the deployed software is followed, as calls.
 * @see Central KMS Socket, Inquiry
 */
export const inquiries = conversation.createStateConfig({
  initial: 'none',
  on: lettingGo('.none'),
  states: {
    none: { on: inquires },
    waiting: {
      tags: ['owes:sidecar'],
      meta: { covers: [requirements.inquiryAnswered, requirements.inquiryIdEchoed] },
      on: {
        ...inquires,
        'sidecar.inquiryResult': found,
        'sidecar.inquiryResponse': found,
        'sidecar.sidecarError': [
          { guard: 'inquiryRefusedOfMany' },
          { guard: 'inquiryRefused', target: 'none' },
        ],
        ...spoiledBySidecar('spoilsFinding'),
      },
    },
  },
});
