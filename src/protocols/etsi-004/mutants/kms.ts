import type { Mutant } from '#src/contract/side.ts';
import { kmsCalls } from './kms-calls.ts';
import { kmsOrder } from './kms-order.ts';
import { kmsReceipts } from './kms-receipts.ts';

/** KMSs that are wrong in one place. */
export const kmsMutants: readonly Mutant[] = [...kmsCalls, ...kmsOrder, ...kmsReceipts];
