import { defineAmbiguity, deviant } from '#models/language/index.ts';

const guidelines = {
  document: 'qosst-control-protocol',
  section: 'Guidelines to create the client and server',
} as const;
const unknownCommand = { document: 'qosst-control-protocol', section: 'UNKNOWN_COMMAND' } as const;
const errors = { document: 'qosst-control-protocol', section: 'Error codes' } as const;
const other = { document: 'qosst-control-protocol', section: 'Other messages' } as const;
const invalidResponse = {
  document: 'qosst-control-protocol',
  section: 'INVALID_RESPONSE',
} as const;
const codes = { document: 'qosst-control-protocol', section: 'List of codes' } as const;

/** What the course of messages and their refusal leave open. */
export const refusals = {
  messageNames: defineAmbiguity('qosst/messageNames', {
    cite: codes,
    question: 'How are the messages spelt?',
    readings: {
      list: 'As in the list of codes, UNKOWN and all; other spellings mean the same.',
      prose: 'As in the prose.',
    },
    assumed: 'list',
  }), // facts 6.5
  pipelining: defineAmbiguity('qosst/pipelining', {
    cite: guidelines,
    question: 'May Bob send a request before the last one is answered?',
    readings: {
      oneAtATime: 'No: he does not know yet which challenge to return.',
      queued: deviant('Yes: Alice answers them one after the other.'),
      dropped: deviant('Yes, and Alice loses what came with the first.'),
    },
    assumed: 'oneAtATime',
  }), // facts 6.45
  authenticationBeforeCode: defineAmbiguity('qosst/authenticationBeforeCode', {
    cite: errors,
    question: 'How does Alice answer an unknown code in a frame that is not authentic?',
    readings: {
      authenticateFirst: 'With AUTHENTICATION_INVALID.',
      codeFirst: 'With UNKNOWN_COMMAND.',
    },
    assumed: 'authenticateFirst',
  }), // facts 6.20
  refusalContent: defineAmbiguity('qosst/refusalContent', {
    cite: other,
    question: 'Must a refusal return the code of what it refuses?',
    readings: {
      required: 'Yes, where the code could be read.',
      optional: deviant('No: a refusal may have no content.'),
    },
    assumed: 'required',
  }), // facts 6.17
  nonIntegerCodeEcho: defineAmbiguity('qosst/nonIntegerCodeEcho', {
    cite: unknownCommand,
    question: 'What does UNKNOWN_COMMAND return for a code that is not an integer?',
    readings: {
      returned: 'The JSON value as it was sent.',
      omitted: 'Nothing.',
    },
    assumed: 'returned',
  }), // facts 6.18
  reasonTexts: defineAmbiguity('qosst/reasonTexts', {
    cite: other,
    question: 'Are the texts of error, deny and abort messages fixed?',
    readings: {
      free: 'No: any string will do.',
      printed: deviant('Yes: they are those of the examples.'),
    },
    assumed: 'free',
  }), // facts 6.33
  complaintBeforeLeaving: defineAmbiguity('qosst/complaintBeforeLeaving', {
    cite: invalidResponse,
    question: 'Must Bob send INVALID_RESPONSE before he leaves over an answer that he cannot use?',
    readings: {
      required: 'Yes: he says so first.',
      optional: deviant('No: he may leave at once.'),
    },
    assumed: 'required',
  }), // facts 6.31
  afterInvalidResponse: defineAmbiguity('qosst/afterInvalidResponse', {
    cite: invalidResponse,
    question: 'What follows INVALID_RESPONSE_ACK?',
    readings: {
      free: 'What Bob decides; he probably disconnects.',
      disconnects: 'A disconnection, and nothing else.',
      frameDropped: 'What Bob decides, without the frame that was being worked on.',
    },
    assumed: 'free',
  }), // facts 6.31
};
