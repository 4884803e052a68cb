import { defineAmbiguity, deviant } from '#models/language/index.ts';

const connect = { document: 'central-kms-socket', section: 'Connect to socket' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;
const reading = {
  document: 'rfc-6455',
  section: "4.2.1 Reading the Client's Opening Handshake",
} as const;
const pong = { document: 'rfc-6455', section: '5.5.3 Pong' } as const;
const framing = { document: 'rfc-6455', section: '5.2 Base Framing Protocol' } as const;
const close = { document: 'rfc-6455', section: '5.5.1 Close' } as const;
const start = {
  document: 'rfc-6455',
  section: '7.1.2 Start the WebSocket Closing Handshake',
} as const;
const codes = { document: 'rfc-6455', section: '7.4.1 Defined Status Codes' } as const;
const register = { document: 'central-kms-socket', section: 'Register' } as const;

/** How the connection lies in TCP, and how it ends. */
export const connection = {
  transportSecurity: defineAmbiguity('central-kms/transportSecurity', {
    cite: connect,
    question: 'The document connects with ws, in clear. Is wss served as well?',
    readings: {
      either: 'As the profile says; ws is told of in a note.',
      tls: 'wss alone.',
    },
    assumed: 'either',
  }), // facts 4.35; profile
  refusedUpgrade: defineAmbiguity('central-kms/refusedUpgrade', {
    cite: reading,
    question: 'How does the KMS refuse an upgrade that is not correct?',
    readings: {
      answered: 'With an HTTP error.',
      closed: 'It may end the connection without a word.',
    },
    assumed: 'answered',
  }), // facts 6
  binaryMessages: defineAmbiguity('central-kms/binaryMessages', {
    cite: all,
    question: 'What becomes of a binary message?',
    readings: {
      closed: 'It ends the connection: 1003 says that the type cannot be taken.',
      parseError: 'It is answered with -32700.',
      asText: 'It is taken as text.',
    },
    assumed: 'closed',
  }), // facts 2.1
  unsolicitedPongs: defineAmbiguity('central-kms/unsolicitedPongs', {
    cite: pong,
    question: 'Are pongs said that no ping asked for?',
    readings: {
      anytime: 'Yes, as the RFC allows.',
      never: 'No.',
    },
    assumed: 'anytime',
  }), // facts 2.1
  largeMessages: defineAmbiguity('central-kms/largeMessages', {
    cite: codes,
    question: 'May a message be too large?',
    readings: {
      taken: 'No: it is answered.',
      refused: 'Yes: it may end the connection with 1009.',
    },
    assumed: 'taken',
  }), // facts 6, 4.24
  longLengths: defineAmbiguity('central-kms/longLengths', {
    cite: framing,
    question: 'What becomes of a frame whose length takes more bytes than it needs?',
    readings: {
      taken: 'It is taken all the same.',
      refused: 'It may end the connection with 1002.',
    },
    assumed: 'taken',
  }), // facts 6
  closeEcho: defineAmbiguity('central-kms/closeEcho', {
    cite: close,
    question: 'Which code has the answer to a close frame?',
    readings: {
      any: 'Any that may be sent, or none.',
      echoed: 'That of the close frame.',
    },
    assumed: 'any',
  }), // facts 6
  kmsLeaves: defineAmbiguity('central-kms/kmsLeaves', {
    cite: all,
    question: 'Does the KMS end connections for reasons of its own?',
    readings: {
      whenDue: 'No.',
      anytime: deviant('Yes, silent ones for instance.'),
    },
    assumed: 'whenDue',
  }), // facts 2.1
  sidecarHangsUp: defineAmbiguity('central-kms/sidecarHangsUp', {
    cite: start,
    question: 'Does a sidecar leave without a close frame?',
    readings: {
      never: 'No.',
      anytime: 'It may, once it owes nothing: whoever runs it can end it at any time.',
    },
    assumed: 'never',
  }), // facts 2.3
  reconnection: defineAmbiguity('central-kms/reconnection', {
    cite: register,
    question: 'What of a registration outlives its connection?',
    readings: {
      batches: 'The batches that were stored: keys and challenge are new each time.',
      nothing: 'Nothing.',
    },
    assumed: 'batches',
  }), // facts 4.34; audits
};
