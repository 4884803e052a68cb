import { defineAmbiguity, deviant } from '#models/language/index.ts';

const initializing = { document: 'qosst-control-protocol', section: 'Initialization' } as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;

/** What may happen before and around the initialization of a frame. */
export const initialization = {
  initializationVerdict: defineAmbiguity('qosst/initializationVerdict', {
    cite: initializing,
    question: 'Must Alice ever deny a frame?',
    readings: {
      free: 'It is hers to accept, to deny or to propose.',
      accepting: 'No: she may accept whatever she is sent.',
    },
    assumed: 'free',
  }), // facts 6.21
  initializationLoop: defineAmbiguity('qosst/initializationLoop', {
    cite: course,
    question: 'How long may Bob go on proposing parameters?',
    readings: {
      untilAccepted: 'Until Alice accepts, however often she denies.',
      onceDenied: deviant('Not at all: a denial is final.'),
    },
    assumed: 'untilAccepted',
  }), // facts 6.52
  uuidForm: defineAmbiguity('qosst/uuidForm', {
    cite: initializing,
    question: 'Which spellings of a UUID are valid?',
    readings: {
      canonical: 'The 36 characters of the examples, in either case.',
      anySpelling: 'All that readers of UUIDs take: with braces, with urn:uuid:, without dashes.',
    },
    assumed: 'canonical',
  }),
  configWithoutProposal: defineAmbiguity('qosst/configWithoutProposal', {
    cite: initializing,
    question: 'May Bob ask for the configuration without a proposal?',
    readings: {
      refused: 'No: the message is unexpected.',
      answered: 'Yes: Alice sends it at any time before a frame is accepted.',
    },
    assumed: 'refused',
  }), // facts 6.22
  configurationType: defineAmbiguity('qosst/configurationType', {
    cite: initializing,
    question: 'Of which type is the member config?',
    readings: {
      objectOrText: 'An object, or a string that has it in JSON.',
      object: 'An object.',
      text: 'A string.',
    },
    assumed: 'objectOrText',
  }), // facts 6.23
  newFrameMidFrame: defineAmbiguity('qosst/newFrameMidFrame', {
    cite: initializing,
    question: 'What is an INITIALIZATION_REQUEST while a frame is being worked on?',
    readings: {
      restarts: 'The beginning of the next frame; the current one is dropped.',
      refused: 'Unexpected.',
    },
    assumed: 'restarts',
  }),
};
