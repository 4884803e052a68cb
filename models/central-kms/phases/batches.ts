import { conversation } from '../conversation.ts';
import { lettingGo, spoiledByKms } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

const stored = [{ guard: 'storedOfMany' as const }, { guard: 'stored' as const, target: 'none' }];
const refused = [
  { guard: 'batchRefusedOfMany' as const },
  { guard: 'batchRefused' as const, target: 'none' },
];
const stores = { 'sidecar.batch': { guard: 'stores' as const, target: 'waiting' } };

/**
 * The sidecar saves signatures of batches, as many at once as it likes; the KMS answers in any
 * order.
 * @see Central KMS Socket, Save Batch
 */
export const batches = conversation.createStateConfig({
  initial: 'none',
  on: lettingGo('.none'),
  states: {
    none: { on: stores },
    waiting: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.batchStored, requirements.batchIdEchoed] },
      on: {
        ...stores,
        'central-kms.batchStored': stored,
        'central-kms.kmsError': refused,
        ...spoiledByKms('spoilsBatch'),
      },
    },
  },
});
