import { member } from '#models/central-kms/index.ts';
import { memo } from '#src/base/memo.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { batchSignature, rowSignature } from './signatures.ts';

/** A batch of signed rows, as a sidecar saves it. */
export interface SignedBatch {
  readonly id: string;
  /** JSON text: rows with their CMACs. */
  readonly body: string;
  readonly signature: string;
}

/** When our rows were written; no batch of anybody's is older. */
export const firstDay = '2018-01-01';

/** Rows of one batch. */
const rowsOfBatch = 3;

/**
 * The batch of such an id under the keys of a registration: the same each time, so that it can be
 * asked for again. `null` where the keys are none.
 */
export function signedBatch(grant: unknown, id: string): SignedBatch | null {
  const [batchKey, rowKey] = [member(grant, 'batchKey'), member(grant, 'rowKey')];
  if (typeof batchKey !== 'string' || typeof rowKey !== 'string') return null;
  const keyId = String(member(grant, 'id'));
  const made = signedBody({ batchKey, rowKey, keyId, events: id.slice(0, 1) });
  return made === null ? null : { id, ...made };
}

/** Bodies that are kept: of the newest registrations. */
const mostKept = 256;

interface Content {
  readonly batchKey: string;
  readonly rowKey: string;
  readonly keyId: string;
  /** What the events are about: a registration has few bodies, signing takes time. */
  readonly events: string;
}

const signedBody = memo(
  mostKept,
  ({ batchKey, rowKey, keyId, events }: Content) => `${batchKey} ${rowKey} ${events} ${keyId}`,
  ({ batchKey, rowKey, keyId, events }: Content): Omit<SignedBatch, 'id'> | null => {
    const rows = Array.from({ length: rowsOfBatch }, (_, index) => {
      const row = {
        keyId,
        sequence: index + 1,
        message: `event ${index + 1} of ${events}`,
        timestamp: `${firstDay}T00:00:0${index + 1}.000Z`,
      };
      return { row, signature: rowSignature(rowKey, jsonText(row)) };
    });
    const body = jsonText(rows);
    const signature = batchSignature(batchKey, body);
    return signature === null ? null : { body, signature };
  },
);
