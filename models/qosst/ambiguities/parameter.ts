import { defineAmbiguity, deviant } from '#models/language/index.ts';

const changing = { document: 'qosst-control-protocol', section: 'Parameter change' } as const;
const recovering = {
  document: 'qosst-control-protocol',
  section: 'Polarisation recovery',
} as const;

/** What parameter change and polarisation recovery leave open. */
export const parameter = {
  answersPerChange: defineAmbiguity('qosst/answersPerChange', {
    cite: changing,
    question: 'How many answers has a CHANGE_PARAMETER_REQUEST?',
    readings: {
      one: 'One, as every request.',
      several: deviant('One for each part of the name that is not found, and a last one.'),
    },
    assumed: 'one',
  }), // facts 6.40, 6.44
  exampleParameter: defineAmbiguity('qosst/exampleParameter', {
    cite: changing,
    question: 'Is the parameter of the example one that Alice must have?',
    readings: {
      illustrative: 'No: it shows how names look.',
      present: deviant('Yes: qi.frame.roll_off is changed.'),
    },
    assumed: 'illustrative',
  }), // facts 6.40
  refusedChangeOldValue: defineAmbiguity('qosst/refusedChangeOldValue', {
    cite: changing,
    question: 'Must an answer that refuses a value have the old one?',
    readings: {
      required: 'Yes; only the error message can be left out.',
      optional: 'No: it should be there and may be missing.',
    },
    assumed: 'required',
  }), // facts 6.41
  recoveryPlaceholders: defineAmbiguity('qosst/recoveryPlaceholders', {
    cite: recovering,
    question: 'Whose challenge do the messages of Bob return, whose examples all name his own?',
    readings: {
      bySender: 'That of Alice, as everywhere.',
      printed: deviant('That of Bob himself.'),
    },
    assumed: 'bySender',
  }), // facts 6.42
  recoveryDuringExchange: defineAmbiguity('qosst/recoveryDuringExchange', {
    cite: recovering,
    question: 'May Bob start a recovery between QIE_READY and QIE_ENDED?',
    readings: {
      refused: 'No: the light is in use.',
      allowed: 'Yes, at any time.',
    },
    assumed: 'refused',
  }), // facts 6.43
  recoveryRestart: defineAmbiguity('qosst/recoveryRestart', {
    cite: recovering,
    question: 'May Bob start a recovery while one is going on?',
    readings: {
      accepted: 'Yes: Alice acknowledges it again.',
      refused: 'No: the message is unexpected.',
    },
    assumed: 'accepted',
  }),
  recoveryEndWithoutStart: defineAmbiguity('qosst/recoveryEndWithoutStart', {
    cite: recovering,
    question: 'May Bob end a recovery that was not started?',
    readings: {
      refused: 'No: the message is unexpected.',
      accepted: 'Yes: Alice answers as if it had been.',
    },
    assumed: 'refused',
  }),
};
