import { defineAmbiguity, deviant } from '#models/language/index.ts';

const correcting = { document: 'qosst-control-protocol', section: 'Error correction' } as const;
const amplifying = {
  document: 'qosst-control-protocol',
  section: 'Privacy amplification',
} as const;

/** What error correction and privacy amplification leave open. */
export const distillation = {
  correctionRetry: defineAmbiguity('qosst/correctionRetry', {
    cite: correcting,
    question: 'May Bob send another EC_INITIALIZATION after EC_DENIED?',
    readings: {
      accepted: 'Yes, with other parameters.',
      refused: 'No: the frame is lost.',
    },
    assumed: 'accepted',
  }), // facts 6.37
  blockNumbering: defineAmbiguity('qosst/blockNumbering', {
    cite: correcting,
    question: 'How are the blocks told apart?',
    readings: {
      byOrder: 'By their order: EC_BLOCK has no number.',
      byMember: 'By a member that the sides agreed on.',
    },
    assumed: 'byOrder',
  }), // facts 6.36
  correctionAfterError: defineAmbiguity('qosst/correctionAfterError', {
    cite: correcting,
    question: 'Does the loop go on after EC_BLOCK_ERROR or EC_REMAINING_ERROR?',
    readings: {
      goesOn: 'Yes: Bob sends the same or another block.',
      ends: 'No: the frame is lost.',
    },
    assumed: 'goesOn',
  }), // facts 6.37
  remainingRepeated: defineAmbiguity('qosst/remainingRepeated', {
    cite: correcting,
    question: 'May Bob send EC_REMAINING several times?',
    readings: {
      repeatable: 'Yes, until nothing remains.',
      once: 'No.',
    },
    assumed: 'repeatable',
  }), // facts 6.36
  blockAfterRemaining: defineAmbiguity('qosst/blockAfterRemaining', {
    cite: correcting,
    question: 'May Bob send EC_BLOCK after EC_REMAINING?',
    readings: {
      refused: 'No: the loop over the blocks is over.',
      accepted: 'Yes.',
    },
    assumed: 'refused',
  }), // facts 6.37
  verificationHash: defineAmbiguity('qosst/verificationHash', {
    cite: correcting,
    question: 'Of which type is the hash, whose example has more digits than a double holds?',
    readings: {
      integerOrText: 'An integer of any size, or a string.',
      integer: 'An integer of any size.',
    },
    assumed: 'integerOrText',
  }), // facts 6.36
  correctionAfterFail: defineAmbiguity('qosst/correctionAfterFail', {
    cite: correcting,
    question: 'May Bob go on correcting after EC_VERIFICATION_FAIL?',
    readings: {
      refused: 'No: he ends or aborts the frame, or disconnects.',
      accepted: 'Yes, and verifies again.',
    },
    assumed: 'refused',
  }), // facts 6.37
  correctionMembers: defineAmbiguity('qosst/correctionMembers', {
    cite: correcting,
    question: 'Which members must EC_INITIALIZATION and EC_BLOCK have?',
    readings: {
      example: 'Those of the examples.',
      lists: 'Those of the examples; what is in the lists is not defined yet.',
      open: 'Those that the sides have agreed on: this part is not defined yet.',
    },
    assumed: 'example',
  }), // facts 6.36
  amplificationMembers: defineAmbiguity('qosst/amplificationMembers', {
    cite: amplifying,
    question: 'Which parameters must PA_REQUEST have?',
    readings: {
      four: 'The four of the example.',
      open: 'Those that the sides have agreed on.',
    },
    assumed: 'four',
  }), // facts 6.38
  amplificationRetry: defineAmbiguity('qosst/amplificationRetry', {
    cite: amplifying,
    question: 'May Bob send another PA_REQUEST after PA_ERROR?',
    readings: {
      accepted: 'Yes, with other parameters.',
      refused: 'No: the frame is lost.',
    },
    assumed: 'accepted',
  }),
  amplificationRange: defineAmbiguity('qosst/amplificationRange', {
    cite: amplifying,
    question: 'To what are the codes from 200 to 219 reserved, called Parameters Estimation there?',
    readings: {
      amplification: 'To privacy amplification.',
      estimation: deviant('To parameters estimation.'),
    },
    assumed: 'amplification',
  }), // facts 6.39
};
