import { defineAmbiguity, deviant } from '#models/language/index.ts';

const estimating = {
  document: 'qosst-control-protocol',
  section: 'Parameters estimation',
} as const;

/** What parameters estimation leaves open. */
export const estimation = {
  photonRequestSentence: defineAmbiguity('qosst/photonRequestSentence', {
    cite: estimating,
    question: 'What does the sentence say that breaks off at 2PE_NPHOTON_REQUEST?',
    readings: {
      restored: 'Bob asks with PE_NPHOTON_REQUEST; the variance is twice the photon number.',
      literal: deviant('There is a message of that name.'),
    },
    assumed: 'restored',
  }), // facts 6.51
  estimationRequestOrder: defineAmbiguity('qosst/estimationRequestOrder', {
    cite: estimating,
    question: 'Must Bob request symbols before the photon number, and both before PE_FINISHED?',
    readings: {
      free: 'No: he can request each, in any order, or leave it.',
      printed: deviant('Yes: the order is that of the text.'),
    },
    assumed: 'free',
  }),
  symbolIndices: defineAmbiguity('qosst/symbolIndices', {
    cite: estimating,
    question: 'Which indices are out of bounds?',
    readings: {
      strict: 'All but the integers from 0 to below the number of symbols.',
      numpy: deviant('Those that NumPy refuses: negative ones count from the end.'),
    },
    assumed: 'strict',
  }), // facts 6.32
  emptyIndices: defineAmbiguity('qosst/emptyIndices', {
    cite: estimating,
    question: 'How does Alice answer an empty list of indices?',
    readings: {
      emptyLists: 'With two empty lists.',
      refused: 'With PE_SYMBOLS_ERROR.',
    },
    assumed: 'emptyLists',
  }), // facts 6.32
  symbolUnits: defineAmbiguity('qosst/symbolUnits', {
    cite: estimating,
    question: 'In which units are the symbols?',
    readings: {
      opaque: 'In any: they are not compared with the photon number.',
      photonNumber: 'Such that their mean square gives the photon number.',
    },
    assumed: 'opaque',
  }), // facts 6.35
  excessNoiseConvention: defineAmbiguity('qosst/excessNoiseConvention', {
    cite: estimating,
    question: 'Where is the excess noise of PE_FINISHED, and of the key rate, measured?',
    readings: {
      channel: "At the channel's input, as key-rate formulas have it.",
      detector: deviant('Behind the detector, over eta T: half of it for heterodyne detection.'),
    },
    assumed: 'channel',
  }), // optics 1.1
  estimateMembers: defineAmbiguity('qosst/estimateMembers', {
    cite: estimating,
    question: 'Which members must PE_FINISHED have?',
    readings: {
      six: 'The six of the example.',
      three: 'The three of the text: transmittance, excess noise and key rate.',
    },
    assumed: 'six',
  }), // facts 6.34
  negativeKeyRate: defineAmbiguity('qosst/negativeKeyRate', {
    cite: estimating,
    question: 'Must Alice deny a key rate below 0?',
    readings: {
      denied: 'Yes, as she denies 0.',
      approved: 'No: the text names 0 only.',
    },
    assumed: 'denied',
  }), // facts 6.34
  specialKeyRate: defineAmbiguity('qosst/specialKeyRate', {
    cite: estimating,
    question: 'How does Alice judge a key rate that is not a number?',
    readings: {
      denied: 'With PE_DENIED: there is no key in it.',
      approved: deviant('With PE_APPROVED.'),
    },
    assumed: 'denied',
  }), // facts 6.34
  estimationAfterVerdict: defineAmbiguity('qosst/estimationAfterVerdict', {
    cite: estimating,
    question: 'May Bob go on estimating after PE_APPROVED or PE_DENIED?',
    readings: {
      refused: 'No: the messages are unexpected.',
      accepted: 'Yes: symbols, photon number and verdict can be asked for again.',
    },
    assumed: 'refused',
  }),
};
