import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { closing } from './closing.ts';
import { delivery } from './delivery.ts';
import { againstKms } from './kms.ts';
import { opening } from './opening.ts';
import { robustness } from './robustness.ts';

/** The conformance suite of ETSI 004, topic by topic. */
export const cases: readonly Case<Etsi004Bend>[] = [
  ...opening,
  ...delivery,
  ...closing,
  ...robustness,
  ...againstKms,
];
