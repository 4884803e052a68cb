import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { sequence } from './sequence.ts';

/** The conformance suite of QOSST, topic by topic. */
export const cases: readonly Case<QosstBend>[] = [...sequence];
