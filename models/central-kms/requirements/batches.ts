import type { RequirementRow } from '#models/language/index.ts';

const batch = { document: 'central-kms-socket', section: 'Save Batch' } as const;
const flow = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;

/** How signatures of batches are stored. */
export const batches = {
  batchAfterRegistration: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: flow,
    text: 'The sidecar sends batches once its challenge is accepted.',
  },
  batchContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: batch,
    text: 'batch has the id of the batch, a UUID, and its signature.',
  },
  batchIdUnique: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: batch,
    text: 'No two batches have the same id.',
  },
  batchStored: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: batch,
    text: 'The KMS answers batch, and stores what it accepts.',
  },
  batchIdEchoed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: batch,
    text: 'The result of batch has the id that batch named.',
  },
  earlyBatchRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: flow,
    text: 'batch before the challenge is accepted is refused.',
  },
  secondBatchNotInternal: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: batch,
    text: 'A batch whose id is there already is refused or taken as the same, never answered with -32603.',
  },
} as const satisfies Record<string, RequirementRow>;
