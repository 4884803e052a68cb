import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { clientFraming } from './client-framing.ts';
import { clientSequence } from './client-sequence.ts';

/** The cases against Bob, topic by topic. */
export const clientCases: readonly Case<QosstBend>[] = [...clientSequence, ...clientFraming];
