import { defineAmbiguity, deviant } from '#models/language/index.ts';

const challenge = { document: 'central-kms-socket', section: 'Challenge Response' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;
const register = { document: 'central-kms-socket', section: 'Register' } as const;
const errors = { document: 'central-kms-socket', section: 'Common Errors' } as const;

/** How calls are refused that are not possible now. */
export const refusals = {
  stateErrorCode: defineAmbiguity('central-kms/stateErrorCode', {
    cite: all,
    question:
      'No code says that a call is not possible in the state of the connection. Which one is given?',
    readings: {
      any: 'Any.',
      methodNotFound: '-32601.',
      invalidRequest: '-32600.',
      own: 'One that JSON-RPC does not reserve.',
    },
    assumed: 'any',
  }), // facts 4.11, 2.3
  twins: defineAmbiguity('central-kms/twins', {
    cite: register,
    question: 'What becomes of a second register, or challenge, while the first awaits its answer?',
    readings: {
      refused: 'It is refused: once a connection.',
      taken: deviant('Both are served.'),
    },
    assumed: 'refused',
  }), // facts 2.6
  earlyBatch: defineAmbiguity('central-kms/earlyBatch', {
    cite: challenge,
    question: 'What becomes of a batch while challenge awaits its answer?',
    readings: {
      refused: 'It is refused: the sidecar is not registered yet.',
      queued: 'It is taken once the challenge is accepted.',
    },
    assumed: 'refused',
  }), // facts 2.6
  refusedRegister: defineAmbiguity('central-kms/refusedRegister', {
    cite: register,
    question: 'Does the connection outlive a refused register?',
    readings: {
      stays: 'Yes, and the sidecar may try again.',
      closed: 'The KMS may end it.',
    },
    assumed: 'stays',
  }), // facts 2.3
  unlistedCodes: defineAmbiguity('central-kms/unlistedCodes', {
    cite: errors,
    question: 'May a good call be refused with a code that the document does not list for it?',
    readings: {
      duplicates: 'A batch whose id is there already: nothing else.',
      anytime: "Yes, for reasons of the KMS's own.",
    },
    assumed: 'duplicates',
  }), // facts 4.12, 4.14, 2.4
};
