import { requirements } from '#models/central-kms/index.ts';
import type { Remark } from '#src/contract/protocol.ts';

/** Keys and challenge have come. */
const granted = 'connection.challenged';

/** What a reader of a report should know of the socket itself. */
export const remarks: readonly Remark[] = [
  { requirement: requirements.keysInClear, from: granted, inClear: true },
  { requirement: requirements.signingKeyShared, from: granted },
  { requirement: requirements.registrationOpen, from: granted },
  { requirement: requirements.weakChallenge, from: 'connection.registered' },
  { requirement: requirements.unlimitedSidecars, from: granted },
  { requirement: requirements.noDeadlines, from: 'inquiries.waiting' },
];
