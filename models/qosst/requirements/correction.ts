import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const correcting = { document: 'qosst-control-protocol', section: 'Error correction' } as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;

/** The course of error correction, a part that the document expects to change. */
export const correction = {
  correctionAfterApproval: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: course,
    text: 'Bob sends messages of error correction only after PE_APPROVED.',
  },
  correctionContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: correcting,
    text: 'The requests of error correction carry what they need: parameters, syndrome, hash of the key.',
  },
  correctionAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice answers EC_INITIALIZATION with EC_READY or EC_DENIED.',
  },
  correctionDenied: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: correcting,
    text: 'After EC_DENIED Bob sends no block, no remaining errors and no verification of that attempt.',
  },
  correctionOrder: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: correcting,
    text: 'Bob corrects the blocks after EC_READY, then remaining errors if there are any, then verifies.',
  },
  everyBlockCorrected: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: correcting,
    text: 'Bob sends EC_BLOCK for every block.',
    unobservable: 'How many blocks a frame has does not show on the wire.',
  },
  blockAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice answers EC_BLOCK with EC_BLOCK_ACK, or EC_BLOCK_ERROR if the correction did not work.',
  },
  remainingMayBeCorrected: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: correcting,
    text: 'Bob starts another algorithm for the remaining errors with EC_REMAINING.',
    unobservable: permission,
  },
  remainingAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice answers EC_REMAINING with EC_REMAINING_ACK, or EC_REMAINING_ERROR if it was not successful.',
  },
  correctionOutcomeTrue: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice acknowledges a correction if it worked and reports an error if it did not.',
    unobservable: 'Whether a correction worked is known to Alice alone.',
  },

  verificationHashesKey: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: correcting,
    text: 'The hash in EC_VERIFICATION is that of the key of Bob.',
    unobservable: 'The key does not show on the wire, and no hash function is named.',
  },
  verificationAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice answers EC_VERIFICATION with EC_VERIFICATION_SUCCESS or EC_VERIFICATION_FAIL.',
  },
  unequalKeysFail: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: correcting,
    text: 'Alice answers a hash that is not equal to hers with EC_VERIFICATION_FAIL.',
    unobservable: 'The key of Alice, and so its hash, does not show on the wire.',
  },
  correctionErrorsExplained: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'alice',
    cite: correcting,
    text: 'EC_DENIED, EC_BLOCK_ERROR, EC_REMAINING_ERROR and EC_VERIFICATION_FAIL have an error_message.',
  },
} as const satisfies Record<string, RequirementRow>;
