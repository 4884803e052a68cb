import { defineAmbiguity, deviant } from '#models/language/index.ts';

const answering = { document: 'central-kms-socket', section: 'Challenge Response' } as const;

/** How the challenge is answered, and what follows a wrong answer. */
export const challenge = {
  signedText: defineAmbiguity('central-kms/signedText', {
    cite: answering,
    question: 'What is signed: "challenge and batchKey"?',
    readings: {
      challenge: 'The text of the challenge, with the key.',
      concatenation: deviant('Challenge and key, one behind the other.'),
      bytes: deviant('The bytes of the UUID that the challenge is.'),
    },
    assumed: 'challenge',
  }), // facts 4.6, 2.2; perceive
  attachedSignature: defineAmbiguity('central-kms/attachedSignature', {
    cite: answering,
    question: 'batchSignature is called a UUID. Which lengths are taken?',
    readings: {
      detached: '128 digits.',
      attached: 'Also the signature with the text behind it.',
    },
    assumed: 'detached',
  }), // facts 4.2, 2.2; perceive
  serviceNameInChallenge: defineAmbiguity('central-kms/serviceNameInChallenge', {
    cite: answering,
    question: 'The table of challenge lists serviceName for rowSignature. Is it needed?',
    readings: {
      rowSignature: 'No: rowSignature is.',
      both: deviant('Both are.'),
    },
    assumed: 'rowSignature',
  }), // facts 4.3; perceive
  malformedChallenge: defineAmbiguity('central-kms/malformedChallenge', {
    cite: answering,
    question: 'Does a challenge that is no challenge spend the one attempt?',
    readings: {
      either:
        'It is refused with -32602, as one with a signature of another length may be, or as a wrong signature, which ends the connection.',
      unspent: 'No: it is refused with -32602.',
      spent: 'Yes: as a wrong signature.',
    },
    assumed: 'either',
  }), // facts 4.8, 2.3
  bothWrong: defineAmbiguity('central-kms/bothWrong', {
    cite: answering,
    question: 'Which error tells that both signatures are wrong?',
    readings: {
      either: '40004 or 40005.',
      batchFirst: '40004.',
      rowFirst: '40005.',
    },
    assumed: 'either',
  }), // facts 4.10
  errorBeforeEnd: defineAmbiguity('central-kms/errorBeforeEnd', {
    cite: answering,
    question: 'Is a failed challenge always answered before the connection ends?',
    readings: {
      answered: 'Yes.',
      policy: 'A close frame 1008 may stand for the error.',
    },
    assumed: 'answered',
  }), // facts 4.9
  suspensionCode: defineAmbiguity('central-kms/suspensionCode', {
    cite: answering,
    question: 'Which code has the close frame after a failed challenge?',
    readings: {
      usual: '1000, 1008, or one from 4000 on.',
      any: 'Any that may be sent, or none.',
    },
    assumed: 'usual',
  }), // facts 4.9
  suspensionEnd: defineAmbiguity('central-kms/suspensionEnd', {
    cite: answering,
    question: 'How does the KMS end a connection after a failed challenge?',
    readings: {
      handshake: 'With a close frame.',
      hangUp: 'It may do without.',
    },
    assumed: 'handshake',
  }), // facts 4.9
};
