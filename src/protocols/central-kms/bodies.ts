import { member } from '#models/central-kms/index.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { batchSignature, rowSignature } from './signatures.ts';

/** A batch of signed rows, as a sidecar saves it. */
export interface SignedBatch {
  readonly id: string;
  /** JSON text: rows with their CMACs. */
  readonly body: string;
  readonly signature: string;
}

/** Rows of one batch. */
const rowsOfBatch = 3;

/**
 * The batch of such an id under the keys of a registration: the same each time, so that it can be
 * asked for again. `null` where the keys are none.
 */
export function signedBatch(grant: unknown, id: string): SignedBatch | null {
  const [batchKey, rowKey] = [member(grant, 'batchKey'), member(grant, 'rowKey')];
  if (typeof batchKey !== 'string' || typeof rowKey !== 'string') return null;
  const rows = Array.from({ length: rowsOfBatch }, (_, index) => {
    const row = {
      keyId: member(grant, 'id'),
      sequence: index + 1,
      message: `event ${index + 1} of ${id}`,
      timestamp: `2018-01-01T00:00:0${index + 1}.000Z`,
    };
    return { row, signature: rowSignature(rowKey, jsonText(row)) };
  });
  const body = jsonText(rows);
  const signature = batchSignature(batchKey, body);
  return signature === null ? null : { id, body, signature };
}
