import { batchCases } from './batches.ts';
import type { KmipCase } from './case.ts';
import { lifecycleCases } from './lifecycle.ts';

/** Every conformance check of KMIP. */
export const cases: readonly KmipCase[] = [...batchCases, ...lifecycleCases];
