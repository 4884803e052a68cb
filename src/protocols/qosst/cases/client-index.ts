import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { clientChallenge } from './client-challenge.ts';
import { clientConduct } from './client-conduct.ts';
import { clientContent } from './client-content.ts';
import { clientCourse } from './client-course.ts';
import { clientFraming } from './client-framing.ts';
import { clientSequence } from './client-sequence.ts';

/** The cases against Bob, topic by topic. */
export const clientCases: readonly Case<QosstBend>[] = [
  ...clientConduct,
  ...clientFraming,
  ...clientChallenge,
  ...clientContent,
  ...clientCourse,
  ...clientSequence,
];
