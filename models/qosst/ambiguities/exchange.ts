import { defineAmbiguity, deviant } from '#models/language/index.ts';

const exchanging = {
  document: 'qosst-control-protocol',
  section: 'Quantum Information Exchange',
} as const;

/** What may happen around the quantum information exchange. */
export const exchange = {
  exchangeUuid: defineAmbiguity('qosst/exchangeUuid', {
    cite: exchanging,
    question: 'What does Alice do with the UUID in QIE_REQUEST?',
    readings: {
      optional: 'It must be that of the frame if it is there, and may be left out.',
      ignored: deviant('She does not look at it.'),
      required: 'It must be there, and be that of the frame.',
    },
    assumed: 'optional',
  }), // facts 6.24
  repeatedExchange: defineAmbiguity('qosst/repeatedExchange', {
    cite: exchanging,
    question: 'May Bob ask for another exchange in the same frame after QIE_ENDED?',
    readings: {
      allowed: 'Yes.',
      untilJudged: 'Yes, until Alice has judged the estimates.',
      refused: 'No: one frame is one exchange.',
    },
    assumed: 'allowed',
  }),
  qieRequestRepeated: defineAmbiguity('qosst/qieRequestRepeated', {
    cite: exchanging,
    question: 'May Bob repeat QIE_REQUEST before he triggers?',
    readings: {
      refused: 'No: the message is unexpected.',
      accepted: 'Yes: Alice prepares again.',
    },
    assumed: 'refused',
  }),
  triggerRepeated: defineAmbiguity('qosst/triggerRepeated', {
    cite: exchanging,
    question: 'May Bob repeat QIE_TRIGGER before his acquisition ended?',
    readings: {
      refused: 'No: the message is unexpected.',
      accepted: 'Yes: Alice emits again.',
    },
    assumed: 'refused',
  }),
  acquisitionEndRepeated: defineAmbiguity('qosst/acquisitionEndRepeated', {
    cite: exchanging,
    question: 'May Bob repeat QIE_ACQUISITION_ENDED after QIE_ENDED?',
    readings: {
      refused: 'No: the message is unexpected.',
      accepted: 'Yes: Alice answers it again.',
    },
    assumed: 'refused',
  }),
};
