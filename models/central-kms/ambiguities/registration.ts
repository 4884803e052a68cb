import { defineAmbiguity, deviant } from '#models/language/index.ts';

const register = { document: 'central-kms-socket', section: 'Register' } as const;

/** Keys and names of a registration. */
export const registration = {
  rowKeyForm: defineAmbiguity('central-kms/rowKeyForm', {
    cite: register,
    question: 'The row of rowKey is shifted: UUID, or hexadecimal digits? How long is it?',
    readings: {
      aes256: '64 hexadecimal digits.',
      anyAes: '32, 48 or 64.',
    },
    assumed: 'aes256',
  }), // facts 4.1
  batchKeyForm: defineAmbiguity('central-kms/batchKeyForm', {
    cite: register,
    question: 'How long is batchKey, and what is in it?',
    readings: {
      pair: '128 hexadecimal digits: the seed and the public key.',
      seed: '64 digits: the seed alone.',
    },
    assumed: 'pair',
  }), // facts 4.4, 2.2
  hexCase: defineAmbiguity('central-kms/hexCase', {
    cite: register,
    question: 'In which case are hexadecimal digits written?',
    readings: {
      either: 'Readers take both.',
      upper: 'In upper case.',
      lower: 'In lower case.',
    },
    assumed: 'either',
  }), // facts 4.5; compose
  hexSeparators: defineAmbiguity('central-kms/hexSeparators', {
    cite: register,
    question: 'Is anything but digits taken within hexadecimal digits?',
    readings: {
      refused: 'No.',
      stripped: deviant('It is passed over.'),
    },
    assumed: 'refused',
  }), // facts 2.2; perceive
  challengeForm: defineAmbiguity('central-kms/challengeForm', {
    cite: register,
    question: 'What is a random string?',
    readings: {
      any: 'Any text; short ones are warned of.',
      uuid: 'A UUID of version 4 as text.',
    },
    assumed: 'any',
  }), // facts 4.7; audits
  sidecarIdScope: defineAmbiguity('central-kms/sidecarIdScope', {
    cite: register,
    question: 'Until when is the id of a sidecar taken?',
    readings: {
      either: 'While that sidecar is connected; behind that either way.',
      live: 'While that sidecar is connected.',
      forever: 'For ever.',
    },
    assumed: 'either',
  }), // facts 4.31; cases
  serviceNames: defineAmbiguity('central-kms/serviceNames', {
    cite: register,
    question: 'Which names may a service have?',
    readings: {
      any: 'Any.',
      limited: 'An empty name, or one of more than 255 characters, may be refused with -32602.',
    },
    assumed: 'any',
  }), // facts 4.32
};
